//! First letters: what they say by themselves, what is changed in them, and
//! how they are taken away.

use std::io::Read;

use mosty::domain::head::HeadOffice;
use mosty::i18n::Lang;
use mosty::wording::letters::language_of;

use crate::people::{verify, within_a_second};
use crate::profiles::{entry, member, publish, servers};
use crate::support::{Answer, Client, TestServer, whole_directory};

const LETTER: &str = "/en/municipalities/novyi-bilous/partners/swidnik/letter";

/// Two municipalities whose needs and offers meet, with members.
fn pair_that_meets(server: &TestServer) -> (Client, Client) {
    let said = [
        (
            "swidnik",
            "p@swidnik.pl",
            "offer",
            "We keep old wooden houses",
            "need",
            "Services in a “blackout”",
        ),
        (
            "novyi-bilous",
            "o@bilous.gov.ua",
            "need",
            "Дерев’яна церква",
            "offer",
            "Працюємо «без світла».",
        ),
    ];
    let [partner, own] = said.map(|(slug, email, first, heritage, second, continuity)| {
        let (mut me, _, id) = member(server, email, slug);
        verify(server, id);
        let lang = if slug == "swidnik" { "en" } else { "uk" };
        let at = |section: &str| format!("/{lang}/municipalities/{slug}/profile{section}");
        for (direction, subarea, statement) in
            [(first, "culture/heritage", heritage), (second, "safety/continuity", continuity)]
        {
            me.get(&at("/entries"));
            me.send("/entries/new", &entry(direction, subarea, statement));
        }
        me.get(&at("/languages")).send("/languages", &[("speaks-1", "en"), ("fluency-1", "B2")]);
        publish(&mut me, slug);
        me.get(&at("/contacts")).send("/contacts", &[("contact-for-1", "verified")]);
        me
    });
    (own, partner)
}

fn ticked(page: &Answer) -> Vec<String> {
    let selector = scraper::Selector::parse("input[name=r][checked]").unwrap();
    let html = page.html();
    html.select(&selector).filter_map(|e| e.value().attr("value")).map(str::to_owned).collect()
}

fn text_in(page: &Answer, lang: &str) -> String {
    page.texts(&format!("#text-{lang}")).join("")
}

fn mail_link(page: &Answer) -> String {
    let selector = scraper::Selector::parse("a[data-mail]").unwrap();
    page.html().select(&selector).next().unwrap().value().attr("href").unwrap().to_owned()
}

#[test]
fn what_meets_comes_first_and_quotes_both_sides() {
    for (name, server) in servers() {
        let (mut me, mut partner) = pair_that_meets(&server);
        let page = server.get(LETTER);
        assert_eq!(ticked(&page), ["need-met:culture/heritage", "can-share:safety/continuity"]);
        // The receiver's language stands first, and each side is quoted.
        let polish = text_in(&page, "pl");
        for quote in
            ["„We keep old wooden houses”", "„Дерев’яна церква”", "„Працюємо «без світла»”"]
        {
            assert!(polish.contains(quote), "{name}: no {quote} in {polish}");
        }
        let ukrainian = text_in(&page, "uk");
        assert!(ukrainian.contains("«Працюємо „без світла“»"), "{name}: {ukrainian}");
        assert!(page.texts("main").join(" ").contains("translation is yours"), "{name}");
        assert!(polish.contains("/en/municipalities/novyi-bilous/passport?in=pl"), "{polish}");
        assert!(ukrainian.contains("/uk/municipalities/novyi-bilous/passport"), "{ukrainian}");
        assert!(mail_link(&page).starts_with("mailto:?subject=Propozycja%20"), "{name}");
        // The other way round the same two meet.
        let back = server.get("/en/municipalities/swidnik/partners/novyi-bilous/letter");
        assert_eq!(ticked(&back), ["need-met:safety/continuity", "can-share:culture/heritage"]);

        // Contacts are for members: one's own stands in the letter, that of the
        // other side in the address.
        assert!(!page.body.contains("int@rada.gov.ua"), "{name}: a contact is public");
        let reached = || mail_link(&me.get(LETTER).page).starts_with("mailto:int@rada.gov.ua?");
        assert!(within_a_second(reached), "{name}: {}", mail_link(&me.page));
        assert!(text_in(&me.page, "pl").ends_with("int@rada.gov.ua"), "{name}");
        partner.get(LETTER);
        assert!(
            !text_in(&partner.page, "pl").contains("int@rada.gov.ua"),
            "{name}: not its letter"
        );

        // The profile on one page quotes as well, in whatever language.
        let passport = server.get("/en/municipalities/novyi-bilous/passport?in=pl");
        let quote = "<span lang=\"uk\">Дерев’яна церква</span>";
        assert!(passport.body.contains(quote), "{name}: {}", passport.body);

        // A member reads on other pages how it stands to theirs.
        let you = |page: &Answer| page.texts("section.you").join(" ");
        me.get("/en/municipalities/swidnik");
        let bar = you(&me.page);
        assert!(bar.contains("You and Świdnik") && bar.contains("km apart"), "{name}: {bar}");
        assert!(bar.contains("37,600 people to your 12,400"), "{name}: {bar}");
        assert!(you(&server.get("/en/municipalities/swidnik")).is_empty(), "{name}: a visitor");
        for own_or_no_pair in ["novyi-bilous", "koriukivka"] {
            me.get(&format!("/en/municipalities/{own_or_no_pair}"));
            assert!(you(&me.page).is_empty(), "{name}: {own_or_no_pair}");
        }

        // What is not ticked is not said.
        let bare = server.get(&format!("{LETTER}?chosen=1&r=need-met:culture/heritage&to=en"));
        let english = text_in(&bare, "en");
        assert!(english.contains("wooden") && !english.contains("blackout"), "{english}");
    }
}

#[test]
fn a_letter_is_taken_as_it_was_changed() {
    let server = TestServer::shared();
    let mut me = Client::new(server);
    let changed = [
        ("to-pl", "Burmistrz Testowy"),
        ("subject-pl", "Temat <b>"),
        ("text-pl", "Pierwszy\r\n\r\nDrugi"),
    ];
    me.get(LETTER).send("/letter", &[&changed[..], &[("do", "keep")]].concat());
    assert_eq!(me.page.status, 200);
    assert_eq!(text_in(&me.page, "pl"), "Pierwszy Drugi");
    assert!(me.page.body.contains("value=\"Burmistrz Testowy\""));
    assert!(me.page.body.contains("Temat &#60;b&#62;"), "markup of a subject");
    let link = mail_link(&me.page);
    assert!(link.ends_with("&body=Pierwszy%0D%0A%0D%0ADrugi"), "{link}");

    // As a document it holds the same, each language on a page of its own.
    let (action, mut fields) = me.get(LETTER).form("/letter");
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
    fields.extend(changed.map(|(name, value)| (name.to_owned(), value.to_owned())));
    fields.push(("do".to_owned(), "docx".to_owned()));
    let cookie = format!("form={}", me.cookie("form").unwrap());
    let mut response = crate::support::agent()
        .post(format!("{}{action}", server.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie)
        .send(serde_html_form::to_string(&fields).unwrap())
        .unwrap();
    assert_eq!(response.status(), 200);
    let name = response.headers()["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"letter-swidnik.docx\"");
    let file = std::io::Cursor::new(response.body_mut().read_to_vec().unwrap());
    let mut parts = zip::ZipArchive::new(file).unwrap();
    let mut document = String::new();
    parts.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    let order = ["Burmistrz Testowy", "Temat &lt;b&gt;", "Pierwszy", "Drugi", "Новобілоуська"];
    let at: Vec<usize> =
        order.iter().map(|text| document.find(text).unwrap_or_else(|| panic!("{text}"))).collect();
    assert!(at.is_sorted(), "{at:?}");
    assert!(document.contains("pageBreakBefore"), "both letters on one page");

    // What is too long is said, and kept.
    let long = "x".repeat(201);
    me.get(LETTER).send("/letter", &[("subject-pl", &long), ("text-pl", "Kept"), ("do", "docx")]);
    assert_eq!(me.page.status, 422);
    assert_eq!(me.page.texts(".errors li"), ["Too long by 1 character"]);
    assert_eq!(text_in(&me.page, "pl"), "Kept");
    // To or from occupied territory nothing is written.
    let occupied = "/en/municipalities/swidnik/partners/bakhmut/letter";
    assert_eq!(me.get(occupied).page.texts("textarea").len(), 0);
    let proof = me.get(LETTER).form("/letter").1.remove(0);
    assert_eq!(proof.0, "_form");
    assert_eq!(me.post(occupied, &[("_form", &*proof.1), ("do", "docx")]).page.status, 404);
}

#[test]
fn letters_go_in_the_language_of_a_place_and_to_its_head() {
    let directory = whole_directory();
    let of = |slug: &str| directory.municipality(directory.by_slug(slug).expect(slug));
    for (slug, language, head) in [
        ("swidnik", Lang::Pl, HeadOffice::Authorities),
        ("nowy-targ", Lang::Pl, HeadOffice::Burmistrz),
        ("lublin", Lang::Pl, HeadOffice::CityPresident),
        ("munchen", Lang::De, HeadOffice::LordMayor),
        ("eupen", Lang::De, HeadOffice::Burgomaster),
        ("zurich", Lang::De, HeadOffice::Head),
        ("lausanne", Lang::En, HeadOffice::Head),
        ("bayeux", Lang::En, HeadOffice::Mayor),
        ("trostianets", Lang::Uk, HeadOffice::Mayor),
    ] {
        let m = of(slug);
        assert_eq!(language_of(m), language, "{slug}");
        if !m.is_hromada() {
            assert_eq!(HeadOffice::of(m), head, "{slug}");
        }
    }
}
