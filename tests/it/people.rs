//! People around a municipality: first pages, drafts, contacts, members,
//! hiding, the log, requests, letters and what is stored of a person.

use chrono::Duration;
use mosty::domain::account::{AccountId, MemberRole, MemberState, Membership, Office};
use mosty::domain::audience::Audience;
use mosty::domain::event::Subject;
use mosty::domain::municipality::{MunicipalityId, Status};
use mosty::domain::request::{NewRequest, RequestKind};
use mosty::domain::time::Clock;
use mosty::storage::credentials;
use mosty::storage::facts;
use mosty::storage::memberships;
use mosty::storage::version;
use mosty::storage::{
    StorageError, accounts, change, directory, events, hidings, members, organisations, privacy,
    profiles, requests,
};

use crate::profiles::{entry, member, publish, servers};
use crate::signing_in::{PASSWORD, account, do_chores, letters, link_in};
use crate::support::{Client, MovingClock, TestDb, TestServer, get, now, post, rows};

type Anyhow = anyhow::Error;

const RECOVERY: &str = "aaaa-bbbb-cccc-dddd";

/// Somebody with an office, signed in with both factors.
pub fn officer(server: &TestServer, email: &str, office: Office) -> (Client, AccountId) {
    let (id, _) = account(server, email, office, true);
    let mut me = Client::new(server);
    me.sign_in(email, PASSWORD).send("/sign-in/code", &[("code", RECOVERY)]);
    assert!(me.text().contains("Your account"), "{}", me.text());
    (me, id)
}

pub fn verify(server: &TestServer, id: MunicipalityId) {
    let mut conn = server.db.conn().unwrap();
    change(&mut conn, |conn| -> Result<(), Anyhow> {
        let version = version::next_version(conn)?;
        facts::set_status(conn, id, Status::Verified, false)?;
        Ok(version::touch(conn, id, version)?)
    })
    .unwrap();
}

/// Asks until the server shows something, at most a second: that is how long
/// a change may take to show everywhere.
pub fn within_a_second(mut shown: impl FnMut() -> bool) -> bool {
    let begun = std::time::Instant::now();
    while begun.elapsed() < std::time::Duration::from_secs(1) {
        if shown() {
            return true;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    shown()
}

const VALUE: (&str, &str) = ("value", "A");
const SOURCE: (&str, &str) = ("source", "B");

const START: [(&str, &str); 6] = [
    ("need", "culture/heritage"),
    ("need-statement", "Дерев’яна церква"),
    ("offer", "safety/continuity"),
    ("offer-statement", "Працюємо без світла"),
    ("speaks", "en"),
    ("fluency", "B2"),
];

#[test]
fn a_first_profile_is_published_from_one_page() {
    for (name, server) in servers() {
        let (mut me, _, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let path = "/uk/municipalities/novyi-bilous/profile";
        me.get(path);
        assert!(me.text().contains("Почати з однієї сторінки"), "{name}: {}", me.text());
        me.get(&format!("{path}/start")).send("/start", &[("need", "")]);
        assert_eq!(me.page.status, 422, "{name}");
        let wrong = me.page.texts(".errors li");
        assert_eq!(wrong, ["Оберіть, що вам найпотрібніше", "Оберіть, чим можете поділитися"]);
        me.send("/start", &START);
        assert_eq!(me.page.status, 200, "{name}: {}", me.text());
        assert!(me.text().contains("Оприлюднено"), "{name}: {}", me.text());
        let public = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(public["entries"].as_array().unwrap().len(), 2, "{name}");
        assert!(!public.to_string().contains("o@bilous"), "{name}: a contact is public");
        // The same page again leads on.
        assert!(me.get(&format!("{path}/start")).text().contains("Оприлюднено"));
        // An entry is changed in place, in two languages.
        me.get(&format!("{path}/entries/1"));
        let both = [("statement-2", "A wooden church"), ("text-language-2", "en")];
        me.send("/entries/1", &both);
        let page = server.get("/en/municipalities/novyi-bilous").body;
        assert!(page.contains("A wooden church"), "{name}");
        me.get(&format!("{path}/entries/2"))
            .send("/entries/2", &[("direction", "need"), ("subarea", "culture/heritage")]);
        assert_eq!(me.page.status, 422, "{name}: the same twice");
        // Taken back, it is gone for everybody else.
        me.get(path).send("/publication", &[]);
        let public = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(public["entries"].as_array().unwrap().len(), 0, "{name}");
        let mut conn = server.db.conn().unwrap();
        assert_eq!(profiles::stated(&mut conn, id).unwrap().profile.entries.len(), 2);
    }
}

#[test]
fn a_claimant_writes_a_draft_that_becomes_the_profile_when_the_claim_is_accepted() {
    for (name, server) in servers() {
        account(&server, "olena@bilous.gov.ua", Office::None, false);
        account(&server, "evil@example.org", Office::None, false);
        let (mut me, mut evil) = (Client::new(&server), Client::new(&server));
        me.sign_in("olena@bilous.gov.ua", PASSWORD);
        evil.sign_in("evil@example.org", PASSWORD);
        let path = "/en/municipalities/novyi-bilous/profile";
        assert_eq!(me.get(path).page.status, 404, "{name}: without a claim");
        for who in [&mut me, &mut evil] {
            let said = [("position", "Head"), ("official", "rada@bilous.gov.ua")];
            who.get("/en/municipalities/novyi-bilous/claim").send("/claim", &said);
        }
        me.get(&format!("{path}/start")).send("/start", &START);
        assert!(me.text().contains("Draft"), "{name}: {}", me.text());
        assert!(!me.text().contains("Publish"), "{name}: published without a right");
        assert_eq!(me.get(&format!("{path}/contacts")).page.status, 404, "{name}");
        // Another claimant sees nothing of it, and neither does anybody else.
        assert!(!evil.get(&format!("{path}/entries")).page.body.contains("церква"), "{name}");
        assert!(!server.get("/uk/municipalities/novyi-bilous").body.contains("церква"));

        let (mut officer, _) = officer(&server, "officer@mosty.org", Office::Officer);
        officer.get("/en/admin/claims/1").send("/admin/claims/1", &[]);
        assert!(me.get(path).text().contains("Not public yet"), "{name}: {}", me.text());
        assert_eq!(me.page.texts(".tasks li").len(), 6, "{name}");
        assert!(me.get(&format!("{path}/entries")).page.body.contains("церква"), "{name}");
        publish(&mut me, "novyi-bilous");
        assert!(server.get("/uk/municipalities/novyi-bilous").body.contains("церква"));
    }
}

#[test]
fn what_is_for_verified_members_is_for_them_alone() {
    for (name, server) in servers() {
        let (mut me, _, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        me.get("/en/municipalities/novyi-bilous/profile/entries");
        me.send("/entries/new", &entry("need", "energy/backup", "Чутливе"));
        me.send("/entries/new", &entry("offer", "culture/heritage", "Відкрите"));
        me.get("/en/municipalities/novyi-bilous/profile/languages")
            .send("/languages", &[("speaks-1", "en")]);
        publish(&mut me, "novyi-bilous");
        me.get("/en/municipalities/novyi-bilous/profile/contacts").send(
            "/contacts",
            &[
                ("contact-name-2", "Заступниця"),
                ("contact-email-2", "z@rada.gov.ua"),
                ("contact-for-2", "verified"),
            ],
        );
        verify(&server, id);
        let (mut listed, ..) = member(&server, "x@chernihiv.gov.ua", "chernihiv");
        let (mut verified, _, other) = member(&server, "p@swidnik.pl", "swidnik");
        verify(&server, other);
        let page = "/en/municipalities/novyi-bilous";
        assert!(
            within_a_second(|| verified.get(page).page.body.contains("Чутливе")),
            "{name}: a verified member does not see it"
        );
        assert!(verified.page.body.contains("z@rada.gov.ua"), "{name}");
        // What is for partners nobody sees who is none.
        assert!(!verified.page.body.contains("int@rada.gov.ua"), "{name}");
        let mut stranger = Client::new(&server);
        for who in [&mut stranger, &mut listed] {
            for path in [
                page,
                "/en/municipalities/novyi-bilous/passport",
                "/en/municipalities/novyi-bilous/partners/swidnik",
                "/en/municipalities/novyi-bilous/partners/swidnik/letter",
                "/en/municipalities/swidnik/partners",
                "/en/compare?with=novyi-bilous,chernihiv",
                "/en/areas/energy",
                "/api/v1/municipalities/novyi-bilous",
                "/api/v1/municipalities.csv",
                "/api/v1/municipalities.geojson",
                "/en/municipalities?q=bilous",
            ] {
                let body = &who.get(path).page.body;
                for secret in ["Чутливе", "z@rada.gov.ua", "int@rada.gov.ua"] {
                    assert!(!body.contains(secret), "{name}: {secret} on {path}");
                }
                // A letter lets its writer choose among all sub-areas.
                let told = body.contains("energy/backup") && !path.ends_with("/letter");
                assert!(!told, "{name}: the sub-area on {path}");
            }
        }
        // A verified member's pages of others are not scored by it either.
        let pair = "/api/v1/municipalities/novyi-bilous/partners/swidnik";
        assert_eq!(verified.get(pair).page.body, stranger.get(pair).page.body, "{name}");
    }
}

#[test]
fn one_button_hides_everything_and_two_officers_lift_it() {
    for (name, server) in servers() {
        let (mut me, by, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        me.get("/en/municipalities/novyi-bilous/profile/start").send("/start", &START);
        me.send("/publication", &[]).send("/publication", &[]);
        let (mut first, a) = officer(&server, "a@mosty.org", Office::Officer);
        let (mut second, _) = officer(&server, "b@mosty.org", Office::Officer);
        let page = "/uk/municipalities/novyi-bilous";
        assert!(server.get(page).body.contains("Працюємо без світла"), "{name}");

        // Another process on the same database shows it no longer, either.
        let other = mosty::snapshot::Live::open(
            server.db.clone(),
            std::sync::Arc::new(MovingClock::new()),
            mosty::matching::Weights::shipped().unwrap(),
        )
        .unwrap();
        me.get("/en/municipalities/novyi-bilous/hiding").send("/hiding", &[]);
        assert!(me.text().contains("Everything is hidden"), "{name}: {}", me.text());
        assert!(me.cookie("session").is_none(), "{name}");
        assert!(me.get("/en/account").text().contains("Sign in"), "{name}: a session lives");
        for path in [
            page,
            "/en/municipalities/novyi-bilous/passport",
            "/api/v1/municipalities/novyi-bilous",
            "/en/areas/culture",
            "/en/municipalities/swidnik/partners",
        ] {
            assert!(!server.get(path).body.contains("Працюємо"), "{name} {path}");
        }
        other.renew().unwrap();
        let row = other.now().directory.by_id(id).unwrap();
        assert!(other.now().directory.record(row).profile.entries.is_empty(), "{name}");
        // Its members see it, and that it is hidden.
        me.sign_in("o@bilous.gov.ua", PASSWORD);
        me.get("/en/municipalities/novyi-bilous/profile");
        assert!(me.text().contains("Everything is hidden: nobody else"), "{name}");
        assert!(me.page.texts("form").len() > 1 && !me.text().contains("Agree to show"));

        let hiding = "/en/municipalities/novyi-bilous/hiding";
        first.get(hiding).send("/hiding", &[]);
        assert!(first.text().contains("agrees to show it again"), "{name}: {}", first.text());
        assert!(!first.text().contains("Agree to show it again"), "{name}: one officer twice");
        let mut conn = server.db.conn().unwrap();
        let again = change(&mut conn, |conn| hidings::agree(conn, id, a, now()));
        assert!(matches!(again, Err(StorageError::Stale)), "{name}");
        assert!(!server.get(page).body.contains("Працюємо"), "{name}: one officer lifted it");
        second.get(hiding).send("/hiding", &[]);
        assert!(server.get(page).body.contains("Працюємо"), "{name}: two officers did not");

        // Fifty at once have one effect.
        let effects: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..50)
                .map(|_| {
                    let pool = server.db.clone();
                    scope.spawn(move || {
                        let mut conn = loop {
                            if let Ok(conn) = pool.conn() {
                                break conn;
                            }
                        };
                        change(&mut conn, |conn| hidings::hide(conn, id, by, now())).unwrap()
                    })
                })
                .collect();
            threads.into_iter().map(|t| usize::from(t.join().unwrap())).sum()
        });
        assert_eq!(effects, 1, "{name}");
        let log = events::of(&mut conn, Subject::Municipality, id.0).unwrap();
        let hidden = log.iter().filter(|e| e.action == "hidden").count();
        assert_eq!(hidden, 2, "{name}");
    }
}

#[test]
fn members_invite_hand_over_and_leave_but_somebody_always_signs() {
    for (name, server) in servers() {
        let (mut me, _, id) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let path = "/en/municipalities/novyi-bilous/members";
        let invite = |me: &mut Client, said: &[(&str, &str)]| {
            let (action, fields) = form_with(me, "do", "invite");
            let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
            let own = [("_form", proof.as_str()), ("do", "invite"), ("language", "en")];
            me.post(&action, &[&own[..], said].concat());
        };
        me.get(path);
        invite(&mut me, &[("name", ""), ("email", "nonsense")]);
        assert_eq!(me.page.status, 422, "{name}");
        let said = [("name", "Ірина"), ("email", "iryna@bilous.gov.ua"), ("role", "editor")];
        invite(&mut me, &said);
        assert!(me.text().contains("iryna@bilous.gov.ua"), "{name}: {}", me.text());
        let letter = letters(&server).remove(0);
        assert_eq!(letter.address, "iryna@bilous.gov.ua");
        // An invitation is no right before it is accepted, on any path.
        let mut iryna = Client::new(&server);
        let link = link_in(&letter);
        iryna.get(&link).send(&link, &[("password", PASSWORD)]);
        iryna.sign_in("iryna@bilous.gov.ua", PASSWORD);
        assert!(iryna.text().contains("You are invited to represent"), "{}", iryna.text());
        let profile = "/en/municipalities/novyi-bilous/profile";
        assert_eq!(iryna.get(profile).page.status, 404, "{name}: a right before yes");
        assert_eq!(iryna.get(path).page.status, 404, "{name}");
        iryna.get("/en/account").send("/account/invitations", &[("do", "accept")]);
        assert_eq!(iryna.get(profile).page.status, 200, "{name}");
        // She keeps the profile, and neither invites nor hides.
        assert!(!iryna.get(path).text().contains("Invite somebody"), "{name}");
        let (action, fields) = iryna.get("/en/account").form("/sign-out");
        let proof = fields[0].1.clone();
        let invite = [("_form", proof.as_str()), ("do", "invite"), said[0], ("email", "x@y.z")];
        assert_eq!(iryna.post(path, &invite).page.status, 404, "{name} {action}");
        let hiding = "/en/municipalities/novyi-bilous/hiding";
        assert_eq!(iryna.get(hiding).page.status, 404, "{name}");

        // The last who signs cannot leave before another signs.
        me.get(path);
        let olena = me.form("/members").1.iter().find(|(n, _)| n == "member").unwrap().1.clone();
        me.send("/members", &[("do", "leave"), ("member", &olena)]);
        assert_eq!(me.page.status, 409, "{name}: {}", me.text());
        let mut conn = server.db.conn().unwrap();
        let all = members::of(&mut conn, id).unwrap();
        let iryna_id = all.iter().find(|m| m.name == "Ірина").unwrap().account;
        let iryna_number = crate::support::member_number(&server.db, iryna_id, id);
        me.send("/members", &[("do", "promote"), ("member", &iryna_number)]);
        me.send("/members", &[("do", "leave"), ("member", &olena)]);
        assert!(me.text().contains("Sign in"), "{name}: {}", me.text());
        assert_eq!(me.sign_in("o@bilous.gov.ua", PASSWORD).get(profile).page.status, 404);
        assert_eq!(iryna.get(hiding).page.status, 200, "{name}");

        // Fifty invitations at once are one.
        let (guest, _) = account(&server, "guest@bilous.gov.ua", Office::None, false);
        let invited: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..50)
                .map(|_| {
                    let pool = server.db.clone();
                    scope.spawn(move || {
                        let mut conn = loop {
                            if let Ok(conn) = pool.conn() {
                                break conn;
                            }
                        };
                        let role = MemberRole::Editor;
                        let done = change(&mut conn, |conn| {
                            members::invite(conn, id, guest, role, iryna_id, now())
                        });
                        usize::from(done.is_ok())
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).sum()
        });
        assert_eq!(invited, 1, "{name}");
        // An invitation is over after fourteen days.
        let late = now() + Duration::days(15);
        let answer = change(&mut conn, |conn| members::answer(conn, id, guest, true, late));
        assert!(matches!(answer, Err(StorageError::Stale)), "{name}");
        // Two who sign and leave at once: one of them stays.
        let (other, _) = account(&server, "other@bilous.gov.ua", Office::None, false);
        let signs = Membership {
            municipality: id,
            role: MemberRole::Signatory,
            state: MemberState::Active,
        };
        change(&mut conn, |conn| memberships::set_membership(conn, other, signs, None, now()))
            .unwrap();
        let left: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = [other, iryna_id]
                .into_iter()
                .map(|who| {
                    let pool = server.db.clone();
                    scope.spawn(move || {
                        let mut conn = pool.conn().unwrap();
                        let over = (MemberRole::Signatory, MemberState::Ended);
                        let done = change(&mut conn, |conn| {
                            members::set(conn, id, who, over, (who, false), now())
                        });
                        usize::from(done.is_ok())
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).sum()
        });
        assert_eq!(left, 1, "{name}: nobody signs any more");
    }
}

#[test]
fn what_officers_set_right_is_logged_with_a_reason_and_can_be_taken_back() {
    for (name, server) in servers() {
        let (mut officer_, officer_id) = officer(&server, "officer@mosty.org", Office::Officer);
        let (mut admin, _) = officer(&server, "admin@mosty.org", Office::Admin);
        let officer_id = officer_id.0;
        let path = "/en/admin/municipalities/novyi-bilous";
        let sent = [("control", "occupied"), ("since", "2026-11"), ("source", "Order No 1")];
        officer_.get(path).send("/novyi-bilous", &sent);
        assert_eq!(officer_.page.status, 422, "{name}: without a reason");
        officer_.send("/novyi-bilous", &[sent[0], sent[1], sent[2], ("reason", "=the front")]);
        assert!(officer_.text().contains("Under Russian occupation"), "{}", officer_.text());
        assert_eq!(
            server.get("/api/v1/municipalities/novyi-bilous/partners").json()["total"],
            0,
            "{name}: somebody is suggested to an occupied hromada"
        );
        let log = officer_.get("/en/admin/log").text();
        assert!(log.contains("Control of the territory") && log.contains("=the front"), "{log}");
        assert!(log.contains("Occupied: never suggested, 2026-11, Order No 1"), "{log}");
        let csv = officer_.get("/en/admin/log.csv?municipality=novyi-bilous").page.body.clone();
        assert!(csv.contains("'=the front") && !csv.contains("officer@"), "{name}: {csv}");
        officer_.get("/en/admin/log").send("/admin/log", &[("event", &event(&csv))]);
        assert!(officer_.text().contains("Undone."), "{name}: {}", officer_.text());
        assert!(!server.get("/en/municipalities/novyi-bilous").body.contains("occupation"));
        // Twice it is something else.
        officer_.send("/admin/log", &[("event", &event(&csv))]);
        assert_eq!(officer_.page.status, 409, "{name}: {}", officer_.text());

        // A population is an admin's to set.
        let people = [("people", "12 345"), ("year", "2026"), ("people-source", "The council")];
        let why = ("people-reason", "asked");
        assert!(!officer_.get(path).text().contains("In digits"), "{name}");
        admin.get(path);
        let (action, fields) = form_with(&admin, "set", "people");
        let mut all: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        all.retain(|(n, _)| !["people", "year", "people-source", "people-reason"].contains(n));
        all.extend(people);
        all.push(why);
        admin.post(&action, &all);
        assert_eq!(admin.page.status, 200, "{name}: {}", admin.text());
        let shown = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(shown["population"]["value"], 12_345, "{name}: {shown}");
        let csv = admin.get("/en/admin/log.csv?municipality=novyi-bilous").page.body.clone();
        let last = event(&csv);
        officer_.get("/en/admin/log").send("/admin/log", &[("event", &last)]);
        assert_eq!(officer_.page.status, 404, "{name}: an officer took an admin's figure back");
        admin.get("/en/admin/log").send("/admin/log", &[("event", &last)]);
        let shown = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(shown["population"]["value"], 12_400, "{name}: {shown}");
        // Filters know what they filter.
        for (query, status) in [
            ("subject=municipality&from=2026-11-21&until=2026-11-21", 200),
            ("subject=nonsense", 400),
            ("from=yesterday", 400),
            ("order=name", 400),
            ("municipality=novobilouska", 200),
            ("municipality=nowhere-at-all", 400),
            ("account=me", 400),
        ] {
            assert_eq!(admin.get(&format!("/en/admin/log?{query}")).page.status, status, "{query}");
        }
        assert!(!admin.get("/en/admin/log?until=2026-11-20").text().contains("Population"));
        let named = "/en/admin/log?municipality=novobilouska";
        assert!(admin.get(named).text().contains("Novobilouska"), "{name}: {}", admin.text());
        // One person's changes: those and no others.
        let of_officer = format!("/en/admin/log?account={officer_id}");
        let log = admin.get(&of_officer).text();
        assert!(log.contains("Control of the territory") && !log.contains("Population:"), "{log}");
        assert!(!admin.get("/en/admin/log.csv?account=0").page.body.contains("control-set"));
        // Members read of their own municipality, without officers' reasons.
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let history = me.get("/en/municipalities/novyi-bilous/history").text();
        assert!(history.contains("Control of the territory"), "{name}: {history}");
        assert!(!history.contains("=the front"), "{name}");
        assert_eq!(me.get("/en/municipalities/chernihiv/history").page.status, 404, "{name}");
    }
}

/// The number of the latest event of a log.
fn event(csv: &str) -> String {
    csv.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
}

/// The form of a page that has a hidden field with this value.
fn form_with(me: &Client, name: &str, value: &str) -> (String, Vec<(String, String)>) {
    let html = me.page.html();
    let forms = scraper::Selector::parse("form[method=post]").unwrap();
    let inputs = scraper::Selector::parse("input").unwrap();
    let form = html.select(&forms).find(|form| {
        form.select(&inputs)
            .any(|i| i.value().attr("name") == Some(name) && i.value().attr("value") == Some(value))
    });
    let form = form.unwrap_or_else(|| panic!("no form with {name} {value}"));
    let fields = form
        .select(&inputs)
        .filter_map(|i| {
            let name = i.value().attr("name")?.to_owned();
            Some((name, i.value().attr("value").unwrap_or("").to_owned()))
        })
        .collect();
    (form.value().attr("action").unwrap().to_owned(), fields)
}

#[test]
fn corrections_and_missing_municipalities_come_to_officers_who_answer() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let (mut officer_, _) = officer(&server, "officer@mosty.org", Office::Officer);
        let path = "/en/municipalities/novyi-bilous/correction";
        me.get(path).send("/correction", &[("about", "population"), ("value", "many")]);
        assert_eq!(me.page.texts(".errors li").len(), 3, "{name}: {}", me.text());
        me.send(
            "/correction",
            &[
                ("about", "population"),
                ("value", "13 000"),
                ("year", "2026"),
                ("source", "Decision No 5"),
            ],
        );
        assert!(me.text().contains("Officers will look at it"), "{name}: {}", me.text());
        me.get(path).send(
            "/correction",
            &[("about", "tie"), ("value", "swidnik"), ("year", "2024"), ("source", "An agreement")],
        );
        let mut stranger = Client::new(&server);
        stranger.get("/uk/missing").send(
            "/missing",
            &[("missing-name", "Нова <b>громада</b>"), ("missing-country", "Україна")],
        );
        assert!(stranger.text().contains("Дякуємо"), "{name}: {}", stranger.text());
        officer_.get("/en/admin/requests");
        assert_eq!(officer_.page.texts("tbody tr").len(), 3, "{name}: {}", officer_.text());
        assert!(!officer_.page.body.contains("<b>громада"), "{name}: markup of a stranger");
        officer_.get("/en/admin/requests/1").send("/admin/requests/1", &[("do", "accept")]);
        let shown = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(shown["population"]["value"], 13_000, "{name}: {shown}");
        assert!(letters(&server)[0].subject.starts_with("Done"), "{name}");
        officer_.get("/en/admin/requests/2").send("/admin/requests/2", &[("do", "accept")]);
        assert!(server.get("/en/municipalities/swidnik").body.contains("An agreement"), "{name}");
        officer_.get("/en/admin/requests/3");
        let (action, fields) = officer_.form("/admin/requests/3");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        officer_.post(&action, &[("_form", &proof), ("do", "refuse"), ("answer", "")]);
        assert_eq!(officer_.page.status, 422, "{name}: refused without a reason");
        officer_.post(&action, &[("_form", &proof), ("do", "refuse"), ("answer", "It is there")]);
        assert_eq!(officer_.get("/en/admin/requests").page.texts("tbody tr").len(), 0, "{name}");
        officer_.post(&action, &[("_form", &proof), ("do", "accept")]);
        assert_eq!(officer_.page.status, 409, "{name}: decided twice");
    }
}

/// Corrections of strangers: with a limit, an address that may be left, and an
/// answer to it in the language they asked in.
#[test]
fn whoever_sees_an_error_reports_it_and_is_answered_where_they_wish() {
    for db in TestDb::each() {
        let (name, clock) = (db.name, MovingClock::new());
        let db = db.filled();
        let twin = db.shared();
        let server = TestServer::start_with(db, clock, None);
        let (mut officer_, _) = officer(&server, "officer@mosty.org", Office::Officer);
        let mut stranger = Client::new(&server);
        let page = "/uk/municipalities/novyi-bilous";
        let path = format!("{page}/correction");
        let link = format!("href=\"{path}\" rel=\"nofollow\"");
        assert!(stranger.get(page).page.body.contains(&link), "{name}: a visitor has no link");
        let about = [
            ("about", "population"),
            ("value", "13 000"),
            ("year", "2026"),
            ("source", "Рішення № 5"),
        ];
        stranger.get(&path).send("/correction", &[("email", "no address")]);
        assert_eq!(stranger.page.texts(".errors li").len(), 4, "{name}: {}", stranger.text());
        assert!(stranger.page.body.contains("value=\"no address\""), "{name}: it is gone");
        let address = "Visitor@Example.org";
        stranger.send("/correction", &[&about[..], &[("email", address)]].concat());
        assert!(stranger.text().contains("Дякуємо"), "{name}: {}", stranger.text());
        // Nobody has to leave one, and words of strangers make no links for others.
        stranger.get(&path).send("/correction", &[&about[..], &[("email", "")]].concat());
        stranger.get("/en/missing").send(
            "/missing",
            &[
                ("missing-name", "Win at https://evil.example/1"),
                ("missing-country", "UA"),
                ("email", address),
            ],
        );
        let request = |n: usize| format!("/admin/requests/{n}");
        for n in [1, 2] {
            officer_.get(&format!("/en{}", request(n)));
            assert_eq!(officer_.text().contains(address), n == 1, "{name}: {}", officer_.text());
            officer_.send(&request(n), &[("do", "accept")]);
        }
        let shown = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(shown["population"]["value"], 13_000, "{name}");
        officer_.get(&format!("/en{}", request(3)));
        let proof = officer_.form(&request(3)).1[0].1.clone();
        let refuse = [("_form", proof.as_str()), ("do", "refuse"), ("answer", "No such place")];
        officer_.post(&format!("/en{}", request(3)), &refuse);
        let sent = letters(&server);
        let said: Vec<(&str, &str, Option<AccountId>)> =
            sent.iter().map(|m| (&*m.address, &*m.subject, m.account)).collect();
        let about = "Not done: Win at httpsevilexample, UA";
        assert_eq!(
            said,
            [(address, about, None), (address, "Виконано: Новобілоуська громада", None)],
            "{name}"
        );
        assert!(sent[0].body.contains("No such place"), "{name}: {}", sent[0].body);
        // Whoever erases an account is gone from what was answered before it.
        let (id, _) = account(&server, &address.to_lowercase(), Office::None, false);
        let mut me = Client::new(&server);
        me.sign_in(address, PASSWORD);
        assert!(me.get(&path).page.texts("input[name=email]").is_empty(), "{name}");
        me.get("/en/account/erase").send("/account/erase", &[("password", PASSWORD)]);
        let left = whole(&twin).into_iter().filter(|(_, v)| v.to_lowercase().contains("visitor@"));
        assert_eq!(left.collect::<Vec<_>>(), [], "{name} {id:?}");
        // From one address ten in an hour, on both forms together.
        let mut asked = 3;
        while asked < 20 {
            stranger.get(&path).send("/correction", &[("about", "other"), VALUE, SOURCE]);
            if stranger.page.status == 429 {
                break;
            }
            asked += 1;
        }
        assert_eq!(asked, 10, "{name}");
    }
    // Where no letters are sent, no address is asked for and none is kept.
    let server = TestServer::start(TestDb::sqlite().filled(), true, None);
    let mut stranger = Client::new(&server);
    for (path, said) in [
        ("/en/municipalities/swidnik/correction", &[("about", "other"), VALUE, SOURCE][..]),
        ("/en/missing", &[("missing-name", "A"), ("missing-country", "B")]),
    ] {
        let end = path.rsplit('/').next().unwrap();
        stranger.get(path);
        assert!(stranger.page.texts("input[name=email]").is_empty(), "{path}");
        assert!(!stranger.text().contains("by email"), "{path}: {}", stranger.text());
        stranger.send(end, &[said, &[("email", "visitor@example.org")]].concat());
        assert!(stranger.text().contains("Officers will look at it"), "{}", stranger.text());
    }
    let emails = "SELECT email AS text FROM requests";
    assert_eq!(rows(&server.db, emails, emails), ["", ""]);
}

#[test]
fn officers_of_an_organisation_see_its_countries_alone() {
    for (name, server) in servers() {
        let (mut polish, id) = officer(&server, "officer@zmp.pl", Office::Officer);
        let mut conn = server.db.conn().unwrap();
        change(&mut conn, |conn| -> Result<(), Anyhow> {
            let kind = mosty::domain::account::OrganisationKind::Association;
            let poland = "PL".parse().unwrap();
            let organisation = organisations::add(conn, kind, "Związek Miast", &[poland])?;
            let office = Office::Officer;
            Ok(accounts::set_office(conn, id, office, Some(organisation), id, now())?)
        })
        .unwrap();
        // A change of office ended the session.
        assert!(polish.get("/en/account").text().contains("Sign in"), "{name}");
        change(&mut conn, |conn| -> Result<(), Anyhow> {
            let codes = [mosty::auth::totp::recovery_hash(RECOVERY)];
            Ok(credentials::set_recovery_codes(conn, id, &codes)?)
        })
        .unwrap();
        polish.sign_in("officer@zmp.pl", PASSWORD).send("/sign-in/code", &[("code", RECOVERY)]);
        for (slug, status) in [("swidnik", 200), ("novyi-bilous", 404)] {
            for path in [
                format!("/en/admin/municipalities/{slug}"),
                format!("/en/municipalities/{slug}/hiding"),
                format!("/en/municipalities/{slug}/members"),
                format!("/en/municipalities/{slug}/history"),
            ] {
                assert_eq!(polish.get(&path).page.status, status, "{name} {path}");
            }
        }
        account(&server, "olena@bilous.gov.ua", Office::None, false);
        let mut me = Client::new(&server);
        me.sign_in("olena@bilous.gov.ua", PASSWORD);
        for slug in ["novyi-bilous", "swidnik"] {
            let said = [("position", "Head"), ("official", "rada@bilous.gov.ua")];
            me.get(&format!("/en/municipalities/{slug}/claim")).send("/claim", &said);
        }
        assert_eq!(polish.get("/en/admin/claims").page.texts("tbody tr").len(), 1, "{name}");
        assert_eq!(polish.get("/en/admin/claims/1").page.status, 404, "{name}");
        assert_eq!(polish.get("/en/admin/claims/2").page.status, 200, "{name}");
        // However much waits elsewhere, theirs is not pushed out of sight.
        let all = directory::load(&server.db).unwrap().records;
        let mut conn = server.db.conn().unwrap();
        let of = |slug: &str| all.iter().find(|r| r.municipality.slug == slug).unwrap();
        let ids = [of("novyi-bilous"), of("swidnik")].map(|r| r.municipality.id);
        change(&mut conn, |conn| -> Result<(), Anyhow> {
            for i in 0..121 {
                let asked = NewRequest {
                    kind: RequestKind::Other,
                    municipality: Some(ids[usize::from(i == 120)]),
                    account: None,
                    email: String::new(),
                    language: "en".to_owned(),
                    value: String::new(),
                    country: String::new(),
                    year: None,
                    source: String::new(),
                    message: "A".to_owned(),
                };
                requests::create(conn, &asked, now())?;
            }
            Ok(())
        })
        .unwrap();
        drop(conn);
        assert_eq!(polish.get("/en/admin/requests").page.texts("tbody tr").len(), 1, "{name}");
        // However much happened elsewhere since, the first page shows theirs.
        let log = polish.get("/en/admin/log").text();
        assert!(log.contains("claim 2") && !log.contains("claim 1"), "{name}: {log}");
        assert!(!polish.get("/en/admin/log?account=1").text().contains("zmp.pl"), "{name}");
        let csv = &polish.get("/en/admin/log.csv").page.body;
        let of = |what: &str| csv.lines().filter(|line| line.contains(what)).count();
        assert_eq!((of(",claim,2,"), of(",claim,1,"), of("signed-in")), (1, 0, 0), "{name}: {csv}");
        assert_eq!(of(",request,"), 0, "{name}: {csv}");
    }
}

#[test]
fn admins_invite_close_and_set_offices_but_one_admin_is_left() {
    for (name, server) in servers() {
        let (mut admin, id) = officer(&server, "admin@mosty.org", Office::Admin);
        let (mut member_, member_id, _) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let said = [("name", "Офіцерка"), ("email", "new@mosty.org"), ("office", "officer")];
        admin.get("/en/admin/accounts");
        let (action, mut fields) = admin.form("/admin/accounts");
        fields.retain(|(n, _)| !["name", "email", "office"].contains(&&**n));
        let mut all: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        all.extend(said);
        admin.post(&action, &all);
        assert!(admin.text().contains("new@mosty.org"), "{name}: {}", admin.text());
        assert_eq!(letters(&server)[0].address, "new@mosty.org", "{name}");
        admin.post(&action, &all);
        assert_eq!(admin.page.status, 409, "{name}: the same address twice");
        // Who has not come is invited again: then the first link leads nowhere.
        let first = link_in(&letters(&server)[0]);
        let new_id = accounts::by_email(&mut server.db.conn().unwrap(), "new@mosty.org").unwrap();
        let of_new = format!("/admin/accounts/{}", new_id.unwrap().0);
        admin.get(&format!("/en{of_new}"));
        let (action, fields) = form_with(&admin, "do", "invite");
        let again: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        admin.post(&action, &again);
        let newer = link_in(&letters(&server)[0]);
        assert_ne!(first, newer, "{name}");
        let mut guest = Client::new(&server);
        assert_eq!(guest.get(&first).page.status, 404, "{name}: a link that was replaced");
        guest.get(&newer).send(&newer, &[("password", PASSWORD)]);
        admin.post(&action, &again);
        assert_eq!(admin.page.status, 400, "{name}: invited after having come");
        admin.get("/en/admin/accounts");
        let path = format!("/en/admin/accounts/{}", member_id.0);
        let end = format!("/admin/accounts/{}", member_id.0);
        admin.get(&path).send(&end, &[("do", "suspend")]);
        assert!(member_.get("/en/account").text().contains("Sign in"), "{name}: a session lives");
        assert_eq!(member_.sign_in("o@bilous.gov.ua", PASSWORD).page.status, 422, "{name}");
        admin.get(&path).send(&end, &[("do", "restore")]);
        member_.sign_in("o@bilous.gov.ua", PASSWORD);
        assert!(member_.text().contains("Your account"), "{name}");
        // Nobody sets their own office, and the last admin stays.
        let own = format!("/en/admin/accounts/{}", id.0);
        assert!(admin.get(&own).text().contains("your own account"), "{name}");
        let mut conn = server.db.conn().unwrap();
        for done in [
            change(&mut conn, |c| accounts::set_office(c, id, Office::None, None, id, now())),
            change(&mut conn, |c| privacy::erase(c, id, id, now())),
        ] {
            assert!(matches!(done, Err(StorageError::Conflict)), "{name}");
        }
        assert_eq!(member_.get(&own).page.status, 404, "{name}");
        assert_eq!(member_.get("/en/admin/accounts").page.status, 404, "{name}");
    }
}

#[test]
fn letters_can_be_stopped_with_one_click_and_say_what_is_new() {
    for db in TestDb::each() {
        let (name, clock) = (db.name, MovingClock::new());
        let server = TestServer::start_with(db.filled(), clock.clone(), None);
        let (mut me, id, _) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        me.get("/en/municipalities/novyi-bilous/profile/start").send("/start", &START);
        let (mut partner, ..) = member(&server, "p@swidnik.pl", "swidnik");
        partner.get("/en/municipalities/swidnik/profile/start").send(
            "/start",
            &[("need", "safety/continuity"), ("offer", "culture/heritage"), ("speaks", "pl")],
        );
        clock.pass(Duration::days(7) + Duration::minutes(1));
        do_chores(&server, &clock);
        let of = |topic: &str| -> Vec<mosty::storage::mails::Mail> {
            let all = letters(&server);
            all.into_iter().filter(|m| m.topic == topic).collect()
        };
        let told = of("digest");
        assert_eq!(told.len(), 2, "{name}: {told:?}");
        let letter = told.iter().find(|m| m.account == Some(id)).unwrap();
        assert!(letter.body.contains("Świdnik"), "{name}: {}", letter.body);
        let stop = &letter.unsubscribe;
        assert!(stop.contains("/en/unsubscribe/") && letter.body.contains(stop), "{stop}");
        // Looking at the link changes nothing; one POST of a mail program does.
        let path = stop.strip_prefix(&server.url).unwrap();
        assert!(get(stop, &[]).body.contains("Stop these emails"), "{name}");
        assert!(
            !me.sign_in("o@bilous.gov.ua", PASSWORD)
                .get("/en/account/letters")
                .page
                .body
                .is_empty()
        );
        let done = post(stop, &[], "List-Unsubscribe=One-Click");
        assert_eq!(done.status, 200, "{name}: {path}");
        let wrong = stop.replace("/unsubscribe/", "/unsubscribe/x");
        assert_eq!(post(&wrong, &[], "List-Unsubscribe=One-Click").status, 404, "{name}");
        me.get("/en/account/letters");
        assert!(!me.form("/account/letters").1.iter().any(|(_, v)| v == "digest"), "{name}");
        // A year on the entries run out; nobody is told who does not want to be.
        clock.pass(Duration::days(340));
        do_chores(&server, &clock);
        let told = of("expiring");
        assert!(!told.is_empty() && told.iter().all(|m| m.account != Some(id)), "{name}: {told:?}");
        // Nothing is news twice.
        assert!(of("digest").len() <= 2, "{name}");
    }
}

#[test]
fn what_is_written_is_kept_and_given_back_to_whoever_wrote_it() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let (mut other, ..) = member(&server, "b@bilous.gov.ua", "novyi-bilous");
        let path = "/en/municipalities/novyi-bilous/profile/in-return";
        let proof = |me: &mut Client| me.get(path).form("/in-return").1[0].1.clone();
        let (mine, theirs) = (proof(&mut me), proof(&mut other));
        assert!(me.page.body.contains("data-keep=\"/en/unsent\""), "{name}");
        let written = [
            ("_form", mine.as_str()),
            ("_for", path),
            ("version", "0"),
            ("password", "secret"),
            ("return", "Довгий текст & <b>"),
        ];
        assert_eq!(me.post("/en/unsent", &written).page.status, 204, "{name}");
        let kept = me.get(&format!("/uk/unsent?for={path}")).page.json();
        assert_eq!(kept["fields"], serde_json::json!([["return", "Довгий текст & <b>"]]), "{name}");
        assert_eq!(other.get(&format!("/uk/unsent?for={path}")).page.status, 204, "{name}");
        assert_eq!(me.get("/uk/unsent?for=//evil.example").page.status, 400, "{name}");
        // Sent, or discarded, it is forgotten.
        me.get(path).send("/in-return", &[("return", "Готово")]);
        assert_eq!(me.get(&format!("/en/unsent?for={path}")).page.status, 204, "{name}");
        me.post("/en/unsent", &written);
        me.post("/en/unsent", &[("_form", mine.as_str()), ("_for", path)]);
        assert_eq!(me.get(&format!("/en/unsent?for={path}")).page.status, 204, "{name}");
        // Nobody fills the table up.
        for i in 0..25 {
            let address = format!("{path}/{i}");
            let text = [("_form", theirs.as_str()), ("_for", address.as_str()), ("a", "b")];
            let status = other.post("/en/unsent", &text).page.status;
            assert_eq!(status, if i < 20 { 204 } else { 409 }, "{name} {i}");
        }
    }
}

/// Every value of every column of the database, as text, by table.
fn whole(db: &TestDb) -> Vec<(String, String)> {
    crate::support::dump(&db.db)
}

#[test]
fn an_erased_person_is_in_no_table_export_or_log() {
    for db in TestDb::each() {
        let (name, clock) = (db.name, MovingClock::new());
        let db = db.filled();
        let twin = db.shared();
        let server = TestServer::start_with(db, clock.clone(), None);
        let (address, person) = ("olena.koval@bilous.gov.ua", "Name of olena.koval@bilous.gov.ua");
        let (mut me, id, _) = member(&server, address, "novyi-bilous");
        // Whatever a person can leave anywhere.
        me.get("/en/municipalities/novyi-bilous/profile/start").send("/start", &START);
        let said = [("position", person), ("official", address), ("message", person)];
        me.get("/en/municipalities/chernihiv/claim").send("/claim", &said);
        me.get("/en/municipalities/novyi-bilous/correction").send(
            "/correction",
            &[
                ("about", "other"),
                ("value", "The name"),
                ("source", "https://rada.gov.ua"),
                ("message", person),
            ],
        );
        let mut stranger = Client::new(&server);
        stranger.get("/en/missing").send(
            "/missing",
            &[("missing-name", "A"), ("missing-country", "B"), ("email", address)],
        );
        let proof = me.get("/en/account").form("/sign-out").1[0].1.clone();
        let path = "/en/municipalities/novyi-bilous/profile/in-return";
        me.post("/en/unsent", &[("_form", &proof), ("_for", path), ("return", person)]);
        me.get("/en/password").send("/password", &[("email", address)]);
        do_chores(&server, &clock);
        let (mut officer_, _) = officer(&server, "officer@mosty.org", Office::Officer);
        officer_.get("/en/admin/claims/1");
        let (action, fields) = officer_.form("/admin/claims/1");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        let version = fields.iter().find(|(n, _)| n == "version").unwrap().1.clone();
        let answer = format!("Dear {person}, of which year?");
        officer_.post(
            &action,
            &[("_form", &proof), ("version", &version), ("action", "return"), ("answer", &answer)],
        );
        // The download has all of it: every table that holds the account.
        let data = me.get("/en/account/data").page.json();
        for table in crate::support::tables_with(&twin.db, "account_id") {
            assert!(data.get(&table).is_some(), "{name}: the download lacks {table}");
        }
        for what in ["people", "contacts", "claims", "mails", "unsent_forms", "requests"] {
            assert!(data[what].to_string().contains(address), "{name}: {what}: {}", data[what]);
        }
        let found = |needle: &str| -> Vec<String> {
            let all = whole(&twin);
            let hits = all.into_iter().filter(|(_, v)| v.to_lowercase().contains(needle));
            hits.map(|(place, _)| place).collect()
        };
        assert!(found(address).len() > 5, "{name}: {:?}", found(address));
        me.get("/en/account/erase").send("/account/erase", &[("password", "wrong")]);
        assert_eq!(me.page.status, 422, "{name}");
        me.send("/account/erase", &[("password", PASSWORD)]);
        assert_eq!(found(address), Vec::<String>::new(), "{name}");
        assert_eq!(found("name of olena"), Vec::<String>::new(), "{name}");
        for path in ["/en/admin/log", "/en/admin/log.csv", "/en/admin/claims/1"] {
            let body = officer_.get(path).page.body.to_lowercase();
            assert!(!body.contains(address) && !body.contains("name of olena"), "{name} {path}");
        }
        // What was done for the institution stays, under a number.
        let mut conn = server.db.conn().unwrap();
        let log = events::of(&mut conn, Subject::Account, id.0).unwrap();
        assert!(log.iter().any(|e| e.to.as_deref() == Some("erased")), "{name}: {log:?}");
        assert_eq!(me.sign_in(address, PASSWORD).page.status, 422, "{name}");
        let public = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(public["entries"].as_array().unwrap().len(), 2, "{name}: the profile went too");
    }
}

#[test]
fn what_is_over_is_cleared_away() {
    for db in TestDb::each() {
        let (name, clock) = (db.name, MovingClock::new());
        let server = TestServer::start_with(db.filled(), clock.clone(), None);
        let mut stranger = Client::new(&server);
        stranger.get("/en/municipalities/novyi-bilous/claim").send(
            "/claim",
            &[
                ("name", "Олена Коваль"),
                ("email", "olena@bilous.gov.ua"),
                ("position", "Head"),
                ("official", "rada@bilous.gov.ua"),
            ],
        );
        let mut conn = server.db.conn().unwrap();
        let known = |conn: &mut mosty::storage::DbConn| {
            accounts::by_email(conn, "olena@bilous.gov.ua").unwrap().is_some()
        };
        assert!(known(&mut conn), "{name}");
        clock.pass(Duration::days(31));
        do_chores(&server, &clock);
        assert!(!known(&mut conn), "{name}: an account nobody used is kept");
        assert!(letters(&server).is_empty(), "{name}: old letters are kept");
        assert!(clock.now() > now());
    }
}

/// Projects are told to whom they are for, on pages and in files, and follow
/// the same rules as everything else of a profile.
#[test]
fn priority_projects_are_shown_to_whom_they_are_for() {
    for (name, server) in servers() {
        let (mut me, _, id) = member(&server, "olena@bilous.gov.ua", "novyi-bilous");
        let url = "/en/municipalities/novyi-bilous/profile";
        me.get(&format!("{url}/projects"));
        let (first, second) = ("School kitchen <b>x</b>", "Таємний водогін");
        me.send(
            "/profile/projects",
            &[("title-en-1", first), ("stage-1", "prepared"), ("dream-1", "UA-2024-05-03")],
        );
        assert_eq!(me.page.status, 422, "{name}");
        let wrong = me.page.texts(".errors li");
        assert_eq!(wrong.len(), 2, "{name}: {wrong:?}");
        assert!(me.page.body.contains("School kitchen"), "{name}: what was typed is gone");
        me.send(
            "/profile/projects",
            &[
                ("area-1", "education"),
                ("cost-1", "below-500k"),
                ("dream-1", "https://dream.gov.ua/ua/project/DREAM-UA-030524-EE48E08C/profile"),
                ("title-uk-2", second),
                ("area-2", "water"),
                ("stage-2", "idea"),
            ],
        );
        assert_eq!(me.page.status, 200, "{name}: {}", me.text());
        // Nothing shows before the profile is published.
        let public = "/en/municipalities/novyi-bilous";
        assert!(!server.get(public).body.contains("School kitchen"), "{name}");
        let mut conn = server.db.conn().unwrap();
        let stated = profiles::stated(&mut conn, id).unwrap();
        assert_eq!(stated.profile.projects[1].audience, Audience::Verified, "{name}: by default");
        change(&mut conn, |conn| -> Result<(), StorageError> {
            let version = version::next_version(conn)?;
            profiles::put(conn, id, &stated.profile)?;
            version::touch(conn, id, version)
        })
        .unwrap();
        drop(conn);
        let page = server.get(public);
        assert!(page.body.contains("School kitchen &#60;b&#62;"), "{name}: {}", page.body);
        assert!(
            page.body.contains("https://dream.gov.ua/ua/project/DREAM-UA-030524-EE48E08C/profile")
        );
        let api = server.get("/api/v1/municipalities/novyi-bilous");
        assert_eq!(api.json()["projects"][0]["dream_id"], "DREAM-UA-030524-EE48E08C", "{name}");
        assert!(!page.body.contains("водогін") && !api.body.contains("водогін"), "{name}");
        assert!(me.get(public).page.body.contains("водогін"), "{name}: not to its own members");
        // The log says that they changed, not what they say.
        let mut conn = server.db.conn().unwrap();
        let log = events::of(&mut conn, Subject::Municipality, id.0).unwrap();
        let event = log.iter().find(|e| e.action == "profile-projects").expect(name);
        assert!(event.to.as_deref().unwrap().contains("project water idea verified"), "{event:?}");
        drop(conn);
        // Emptied, they are gone.
        me.get(&format!("{url}/projects"));
        let (_, fields) = me.form("/profile/projects");
        let emptied: Vec<(&str, &str)> = fields
            .iter()
            .filter(|(n, _)| n.ends_with("-1") || n.ends_with("-2"))
            .map(|(n, _)| (n.as_str(), ""))
            .collect();
        me.send("/profile/projects", &emptied);
        let left = profiles::stated(&mut server.db.conn().unwrap(), id).unwrap();
        assert!(left.profile.projects.is_empty(), "{name}");
        let texts = rows(
            &server.db,
            "SELECT body AS text FROM texts WHERE owner = 'project'",
            "SELECT body AS text FROM texts WHERE owner = 'project'",
        );
        assert!(texts.is_empty(), "{name}: {texts:?}");
    }
}
