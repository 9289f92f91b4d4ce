//! Profiles, as their members keep them.

use mosty::domain::account::{AccountId, MemberRole, MemberState, Membership, Office};
use mosty::domain::event::Subject;
use mosty::domain::municipality::MunicipalityId;
use mosty::domain::profile::Profile;
use mosty::storage::memberships;
use mosty::storage::profiles::{Edit, Stated};
use mosty::storage::{StorageError, accounts, change, events, profiles};

use crate::signing_in::{PASSWORD, account};
use crate::support::{Client, MovingClock, TestDb, TestServer, now, post};

/// An account that speaks for a municipality of the fixture, signed in.
pub fn member(server: &TestServer, email: &str, slug: &str) -> (Client, AccountId, MunicipalityId) {
    let (id, _) = account(server, email, Office::None, false);
    let contents = mosty::storage::directory::load(&server.db).unwrap();
    let mut conn = server.db.conn().unwrap();
    let record = contents.records.iter().find(|r| r.municipality.slug == slug).unwrap();
    let municipality = record.municipality.id;
    let membership =
        Membership { municipality, role: MemberRole::Signatory, state: MemberState::Active };
    change(&mut conn, |conn| memberships::set_membership(conn, id, membership, None, now()))
        .unwrap();
    let mut me = Client::new(server);
    me.sign_in(email, PASSWORD);
    (me, id, municipality)
}

pub fn servers() -> Vec<(&'static str, TestServer)> {
    TestDb::each()
        .into_iter()
        .map(|db| (db.name, TestServer::start_with(db.filled(), MovingClock::new(), None)))
        .collect()
}

const SECTIONS: [&str; 8] =
    ["", "/start", "/entries", "/entries/1", "/languages", "/room", "/in-return", "/contacts"];

/// Names a contact and publishes the profile that was written.
pub fn publish(me: &mut Client, slug: &str) {
    let at = |section: &str| format!("/en/municipalities/{slug}/profile{section}");
    let contact =
        [("contact-name-1", "Міжнародний відділ"), ("contact-email-1", "int@rada.gov.ua")];
    me.get(&at("/contacts")).send("/contacts", &contact);
    me.get(&at("")).send("/publication", &[]);
    assert!(me.text().contains("Unpublish the profile"), "{}", me.text());
}

pub fn entry<'a>(
    direction: &'a str,
    subarea: &'a str,
    statement: &'a str,
) -> [(&'a str, &'a str); 4] {
    [("direction", direction), ("subarea", subarea), ("level", "2"), ("statement", statement)]
}

#[test]
fn a_member_states_a_first_profile_and_suggestions_follow_at_once() {
    for lang in ["en", "uk"] {
        for (name, server) in servers() {
            let (mut partner, ..) = member(&server, "p@swidnik.pl", "swidnik");
            let at = |slug: &str, section: &str| {
                format!("/{lang}/municipalities/{slug}/profile{section}")
            };
            partner.get(&at("swidnik", "/entries"));
            partner.send("/entries/new", &entry("offer", "culture/heritage", "We keep old houses"));
            let languages = [("speaks-1", "en"), ("fluency-1", "B2"), ("format", "online")];
            partner.get(&at("swidnik", "/languages")).send("/languages", &languages);
            partner.get(&at("swidnik", "/entries"));
            partner.send("/entries/new", &entry("need", "safety/continuity", ""));
            publish(&mut partner, "swidnik");

            let (mut me, _, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
            let before = server.get("/api/v1/municipalities/novyi-bilous/partners/swidnik").json();
            assert_eq!(before["criteria"][5]["known"], false, "{name}");
            me.get(&at("novyi-bilous", "/entries"));
            me.send(
                "/entries/new",
                &entry("need", "culture/heritage", "Дерев’яна церква <b>1762</b>"),
            );
            assert_eq!(me.page.status, 200, "{name}: {}", me.text());
            assert!(me.page.body.contains("&#60;b&#62;1762"), "{name}: markup of a statement");
            me.send("/entries/new", &entry("offer", "safety/continuity", "Працюємо без світла"));
            me.send("/entries/new", &entry("need", "energy/backup", "Чутливе"));
            me.get(&at("novyi-bilous", "/languages")).send("/languages", &languages);
            let room = [("openness", "open"), ("capacity", "2"), ("wishes-1", "PL")];
            me.get(&at("novyi-bilous", "/room")).send("/room", &room);
            me.get(&at("novyi-bilous", "/in-return"))
                .send("/in-return", &[("return", "Досвід"), ("text-language", "uk")]);
            assert_eq!(me.page.texts(".tasks li").len(), 6, "{name}: {}", me.text());
            assert!(me.page.texts(".errors").is_empty(), "{name}: {}", me.text());
            // Until it is published nobody else sees anything of it.
            let public = server.get("/api/v1/municipalities/novyi-bilous").json();
            assert_eq!(public["entries"].as_array().unwrap().len(), 0, "{name}: {public}");
            publish(&mut me, "novyi-bilous");

            // Everybody sees it at once, and the pair is scored by it.
            let public = server.get("/api/v1/municipalities/novyi-bilous").json();
            let entries = public["entries"].as_array().unwrap();
            assert_eq!(entries.len(), 3, "{name}: {public}");
            assert_eq!(entries[2]["subarea"], serde_json::Value::Null, "a sensitive need shows");
            assert!(!public.to_string().contains("Чутливе"), "{name}");
            let after = server.get("/api/v1/municipalities/novyi-bilous/partners/swidnik").json();
            assert!(
                after["criteria"][5]["contribution"].as_f64().unwrap() > 0.0,
                "{name}: {after}"
            );
            assert!(after["score"].as_f64() > before["score"].as_f64(), "{name}");
            assert!(after["reasons_for_subject"].to_string().contains("reason-"));
            let page = server.get("/uk/municipalities/novyi-bilous");
            assert!(page.body.contains("Працюємо без світла"), "{name}");

            let mut conn = server.db.conn().unwrap();
            let log = events::of(&mut conn, Subject::Municipality, id.0).unwrap();
            let changes: Vec<&str> = log.iter().map(|e| e.action.as_str()).collect();
            assert!(changes.ends_with(&[
                "profile-entries",
                "profile-entries",
                "profile-entries",
                "profile-languages",
                "profile-room",
                "profile-in-return",
                "profile-contacts",
                "profile-published"
            ]));
            assert!(log.iter().all(|e| !format!("{e:?}").contains("Чутливе")), "{name}");
        }
    }
}

/// The address a form of a page leads to when it is sent as it is.
fn leads_to(server: &TestServer, me: &Client, to: &str, filled: &[(&str, &str)]) -> String {
    let (action, mut fields) = me.form(to);
    fields.retain(|(name, _)| filled.iter().all(|(n, _)| n != name));
    fields.extend(filled.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    let cookie = format!("session={}", me.cookie("session").unwrap());
    let body = serde_html_form::to_string(&fields).unwrap();
    let answer = post(&format!("{}{action}", server.url), &[("cookie", &cookie)], &body);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

#[test]
fn a_save_tells_how_many_partners_are_new_and_leaves_no_list_in_the_address() {
    for (name, server) in servers() {
        let (mut partner, ..) = member(&server, "p@swidnik.pl", "swidnik");
        let about = [("need", "safety/continuity"), ("offer", "culture/heritage")];
        partner.get("/en/municipalities/swidnik/profile/start").send("/start", &about);
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let profile = "/en/municipalities/novyi-bilous/profile";
        me.get(&format!("{profile}/entries"));
        let need = entry("need", "culture/heritage", "");
        let first = leads_to(&server, &me, "/entries/new", &need);
        assert_eq!(first, format!("{profile}/entries?saved=1"), "{name}");
        assert!(me.get(&first).text().contains("1 of your twenty best partners is new."), "{name}");
        let up = [("do", "renew"), ("entry", "0")];
        let second = leads_to(&server, &me, "/entries", &up);
        assert_eq!(second, format!("{profile}/entries?saved=0"), "{name}");
        let said = me.get(&second).page.texts("p.note[role=status]");
        assert_eq!(said, ["Saved."], "{name}");
        for wrong in ["saved=21", "saved=-1", "saved=x", "saved=1&was=1.2"] {
            assert_eq!(me.get(&format!("{profile}?{wrong}")).page.status, 400, "{name} {wrong}");
        }
    }
}

#[test]
fn a_form_with_faults_is_there_in_the_other_language() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let profile = "municipalities/novyi-bilous/profile";
        let long = "ж".repeat(310);
        for (page, to, filled) in [
            ("/entries", "/entries/new", [("statement", long.as_str())]),
            ("/start", "/start", [("need-statement", &*long)]),
        ] {
            me.get(&format!("/en/{profile}{page}")).send(to, &filled);
            assert_eq!(me.page.status, 422, "{name} {page}: {}", me.text());
            assert!(me.page.body.contains(" data-typed"), "{name} {page}: nothing is kept");
            let link = format!("href=\"/uk/{profile}{page}\"");
            assert!(me.page.body.contains(&link), "{name} {page}: no {link}");
            let back = format!("name=\"back\" value=\"/en/{profile}{page}\"");
            assert!(me.page.body.contains(&back), "{name} {page}: no {back}");
            assert_eq!(me.get(&format!("/uk/{profile}{page}")).page.status, 200, "{name}");
            assert!(!me.page.body.contains(" data-typed"), "{name} {page}");
        }
    }
}

#[test]
fn members_see_their_own_page_as_members() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let page = "/en/municipalities/novyi-bilous";
        let claim = "Do you work here?";
        assert!(!me.get(page).text().contains(claim), "{name}: to a member");
        assert!(me.get("/en/municipalities/swidnik").text().contains(claim), "{name}");
        assert!(server.get(page).body.contains(claim), "{name}: not to a stranger");
        // What stands over the suggestions is true before and after stating.
        let over = |me: &mut Client| me.get(page).page.texts("#sg + p")[0].clone();
        assert_eq!(over(&mut me), "From public data only.", "{name}");
        let about = [("need", "culture/heritage"), ("offer", "safety/continuity")];
        me.get(&format!("{page}/profile/start")).send("/start", &about);
        assert!(over(&mut me).contains("have stated here"), "{name}");
    }
}

#[test]
fn entries_are_moved_renewed_and_removed_and_five_are_the_most() {
    for (name, server) in servers() {
        let (mut me, _, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let path = "/en/municipalities/novyi-bilous/profile/entries";
        me.get(path)
            .send("/entries/new", &[("direction", "need"), ("statement", &"ж".repeat(310))]);
        assert_eq!(me.page.status, 422, "{name}");
        assert_eq!(me.page.texts(".errors li").len(), 3, "{}", me.text());
        assert!(me.text().contains("Shorten it by 10 characters"), "{}", me.text());
        assert!(me.page.body.contains(&"ж".repeat(310)), "{name}: what was typed is gone");
        let themes = [
            "culture/heritage",
            "economy/tourism",
            "mobility/cycling",
            "environment/waste",
            "finance/ppp",
        ];
        for theme in themes {
            me.get(path).send("/entries/new", &entry("need", theme, ""));
            assert_eq!(me.page.status, 200, "{name} {theme}: {}", me.text());
        }
        assert!(me.text().contains("Five entries are the most"), "{}", me.text());
        let (action, fields) = me.form("/entries");
        let more: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        assert_eq!(me.post(&format!("{action}/new"), &more).page.status, 400, "{name}: a sixth");
        me.get(path).send("/entries", &[("do", "up"), ("entry", "4")]);
        me.send("/entries", &[("do", "remove"), ("entry", "0")]);
        let mut conn = server.db.conn().unwrap();
        let Stated { profile, version, .. } = profiles::stated(&mut conn, id).unwrap();
        let stated: Vec<String> = profile.entries.iter().map(|e| e.subarea.to_string()).collect();
        assert_eq!(stated, [themes[1], themes[2], themes[4], themes[3]], "{name}");
        assert_eq!(profile.entries.iter().map(|e| e.rank).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(version, 7, "{name}");
    }
}

#[test]
fn nobody_but_its_members_sees_or_changes_a_profile_that_is_kept() {
    for (name, server) in servers() {
        let (mut owner, _, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        owner.get("/en/municipalities/novyi-bilous/profile/entries");
        owner.send("/entries/new", &entry("need", "energy/backup", "Чутливе"));
        let (mut other, ..) = member(&server, "x@chernihiv.gov.ua", "chernihiv");
        account(&server, "officer@mosty.org", Office::Officer, true);
        let mut officer = Client::new(&server);
        officer.sign_in("officer@mosty.org", PASSWORD);
        officer.send("/sign-in/code", &[("code", "aaaa-bbbb-cccc-dddd")]);
        let (_, fields) =
            other.get("/en/municipalities/chernihiv/profile/entries").form("/entries/new");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        for section in SECTIONS {
            let path = format!("/en/municipalities/novyi-bilous/profile{section}");
            for me in [&mut other, &mut officer] {
                assert_eq!(me.get(&path).page.status, 404, "{name} {path}");
                assert!(!me.page.body.contains("Чутливе"));
            }
            if !section.is_empty() {
                let sent =
                    [("_form", proof.as_str()), ("version", "1"), ("do", "remove"), ("entry", "0")];
                assert_eq!(other.post(&path, &sent).page.status, 404, "{name} {path}");
            }
        }
        // Nor when the membership is over.
        let mut conn = server.db.conn().unwrap();
        let olena = accounts::by_email(&mut conn, "o@bilous.gov.ua").unwrap().unwrap();
        let over =
            Membership { municipality: id, role: MemberRole::Editor, state: MemberState::Ended };
        change(&mut conn, |conn| memberships::set_membership(conn, olena, over, None, now()))
            .unwrap();
        assert_eq!(owner.get("/en/municipalities/novyi-bilous/profile").page.status, 404, "{name}");
        assert_eq!(profiles::stated(&mut conn, id).unwrap().profile.entries.len(), 1, "{name}");
    }
}

#[test]
fn two_editors_never_overwrite_each_other_silently() {
    for (name, server) in servers() {
        let (mut one, ..) = member(&server, "a@bilous.gov.ua", "novyi-bilous");
        let (mut two, by, id) = member(&server, "b@bilous.gov.ua", "novyi-bilous");
        let path = "/en/municipalities/novyi-bilous/profile/entries";
        one.get(path);
        two.get(path);
        one.send("/entries/new", &entry("need", "culture/heritage", "of the first"));
        assert_eq!(one.page.status, 200);
        two.send("/entries/new", &entry("offer", "economy/tourism", "of the second"));
        assert_eq!(two.page.status, 409, "{name}: overwritten in silence");
        assert!(
            two.text().contains("Somebody else has changed this")
                && two.text().contains("of the second")
        );
        two.send("/entries/new", &[]);
        assert!(two.text().contains("of the first") && two.text().contains("of the second"));

        // Fifty at once who saw the same: one is taken.
        let before = &profiles::stated(&mut server.db.conn().unwrap(), id).unwrap();
        let outcomes: Vec<Result<(), bool>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..50u8)
                .map(|i| {
                    let pool = server.db.clone();
                    scope.spawn(move || {
                        let mut conn = loop {
                            if let Ok(conn) = pool.conn() {
                                break conn;
                            }
                        };
                        let profile = Profile { capacity: Some(i % 4), ..Profile::default() };
                        let (profile, what) = (&profile, "profile-room");
                        let edit = Edit { before, profile, published: true, what, by };
                        change(&mut conn, |conn| profiles::replace(conn, id, &edit, now()))
                            .map_err(|e| matches!(e, StorageError::Stale))
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1, "{name}: {outcomes:?}");
        assert!(outcomes.iter().all(|o| *o != Err(false)), "{name}: {outcomes:?}");
    }
}
