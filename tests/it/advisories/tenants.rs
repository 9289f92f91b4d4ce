//! What belongs to one municipality or person, and everybody else.

use std::collections::BTreeMap;

use chrono::Duration;
use mosty::domain::account::{AccountId, MemberState, Office};
use mosty::domain::claim::{ClaimState, ClaimText};
use mosty::domain::event::Subject;
use mosty::domain::municipality::MunicipalityId;
use mosty::domain::time::{Clock, FixedClock};
use mosty::jobs;
use mosty::mail::Site;
use mosty::mail::{Step, send_next};
use mosty::matching::Weights;
use mosty::snapshot::Live;
use mosty::storage::sessions::{Link, Purpose};
use mosty::storage::{Db, accounts, claims, events, hidings, mails, members, sessions};
use mosty::web::RouteRow;

use super::{
    Asker, account, addresses, bare, forget_tries, municipality, officer_of, server, servers,
    set_membership, settled, verify,
};
use crate::mail::{Manner, Server};
use crate::signing_in::{PASSWORD, letters};
use crate::support::{Answer, MovingClock, TestServer, dump, member_number, now, rows};

/// What stands in everything that only the other municipality may read.
const SECRET: &str = "Secretissimum";

/// Somebody of another municipality, with everything such a one can have.
struct Other {
    me: Asker,
    id: AccountId,
    municipality: MunicipalityId,
    slug: &'static str,
}

/// The other municipality: an unpublished and hidden profile, contacts,
/// somebody invited, a claim, a request, a form that was not sent.
fn other(server: &TestServer) -> Other {
    let db = &server.db;
    let email = format!("{SECRET}@chernihiv.gov.ua").to_lowercase();
    let id = account(db, &email, Office::None);
    let slug = "chernihiv";
    let of = municipality(db, slug);
    set_membership(db, id, of, MemberState::Active);
    verify(db, of);
    let me = Asker::begin(server, id, now());
    let at = |end: &str| format!("/en/municipalities/{slug}{end}");
    let taken = |path: String, fields: &[(&str, &str)]| {
        let answer = me.post(&path, fields);
        assert!(answer.status < 400, "{path}: {} {}", answer.status, answer.body);
    };
    taken("/en/account".into(), &[("name", SECRET), ("language", "en")]);
    for (version, (direction, subarea, audience)) in
        [("need", "energy/backup", "verified"), ("offer", "culture/heritage", "public")]
            .into_iter()
            .enumerate()
    {
        let version = version.to_string();
        taken(
            at("/profile/entries/new"),
            &[
                ("version", &version),
                ("direction", direction),
                ("subarea", subarea),
                ("level", "2"),
                ("statement", SECRET),
                ("audience", audience),
            ],
        );
    }
    taken(at("/profile/in-return"), &[("version", "2"), ("return", SECRET)]);
    taken(
        at("/profile/contacts"),
        &[
            ("version", "3"),
            ("contact-name-1", SECRET),
            ("contact-position-1", SECRET),
            ("contact-email-1", "secretissimum@rada.gov.ua"),
            ("contact-for-1", "verified"),
        ],
    );
    taken(
        at("/members"),
        &[("do", "invite"), ("name", SECRET), ("email", "secretissimum@new.example")],
    );
    taken(
        "/en/municipalities/koriukivka/claim".into(),
        &[
            ("position", SECRET),
            ("official", "secretissimum@koriukivka.gov.ua"),
            ("message", SECRET),
        ],
    );
    let start = "/en/municipalities/koriukivka/profile/start";
    taken(
        start.into(),
        &[
            ("version", "0"),
            ("need", "culture/heritage"),
            ("offer", "economy/tourism"),
            ("need-statement", SECRET),
            ("offer-statement", SECRET),
        ],
    );
    let asked = [("about", "other"), ("value", SECRET), ("source", SECRET), ("message", SECRET)];
    taken(at("/correction"), &asked);
    let address = at("/profile/room");
    taken("/en/unsent".into(), &[("_for", &address), ("return", SECRET)]);
    db.change(|conn| hidings::hide(conn, of, id, now())).unwrap();
    let link = Link { purpose: Purpose::Address, account: id, payload: SECRET.into() };
    let later = now() + Duration::hours(1);
    db.change(|conn| sessions::add_link(conn, "the hash of another", &link, later)).unwrap();
    // Hiding ended the session.
    let me = Asker::begin(server, id, now());
    Other { me, id, municipality: of, slug }
}

fn holds_secret(answer: &Answer) -> bool {
    let body = answer.body.to_lowercase();
    body.contains(&SECRET.to_lowercase())
}

/// What may change while nothing is changed: when sessions were used, and how
/// often something was tried.
pub(super) fn whole(db: &Db) -> Vec<(String, String)> {
    let mut all = dump(db);
    all.retain(|(at, _)| !at.starts_with("attempts.") && at != "sessions.seen_at");
    all.sort();
    all
}

/// Says what differs, instead of two databases.
pub(super) fn assert_same(before: &[(String, String)], after: &[(String, String)], what: &str) {
    let count = |all: &[(String, String)]| {
        let mut counted = BTreeMap::new();
        for row in all {
            *counted.entry(row.clone()).or_insert(0) += 1;
        }
        counted
    };
    let (old, new) = (count(before), count(after));
    let changed: Vec<_> = old
        .keys()
        .chain(new.keys())
        .filter(|row| old.get(*row) != new.get(*row))
        .map(|(at, value)| format!("{at} = {value}"))
        .collect();
    assert!(changed.is_empty(), "{what} changed {changed:?}");
}

/// CVE-2026-45330, CVE-2026-45414: records of another tenant could be opened
/// and changed by their numbers. CVE-2026-45377, CVE-2026-45378,
/// CVE-2025-65017: downloads of another person could be had by a link, or by a
/// number that both had. CVE-2024-23649: reporting something showed private
/// words of others. CVE-2026-40870, CVE-2024-27090: the interface for programs
/// and for embedding gave what pages kept back.
///
/// A member of one municipality tries every number and name of another in
/// every address, field and file.
#[test]
fn what_is_of_another_municipality_is_neither_read_nor_changed() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let other = other(&server);
        let id = account(db, "a@bilous.gov.ua", Office::None);
        let own = municipality(db, "novyi-bilous");
        set_membership(db, id, own, MemberState::Active);
        let me = Asker::begin(&server, id, now());
        let nobody = Asker::nobody(&server);
        settled(&server);
        let mut conn = db.conn().unwrap();
        let session = sessions::of(&mut conn, other.id).unwrap()[0].id.to_string();
        let members = members::of(&mut conn, other.municipality).unwrap();
        let invited = members.iter().find(|m| m.account != other.id).unwrap().account;
        drop(conn);
        let numbers: Vec<String> = (1..=9).map(|n| n.to_string()).collect();
        let before = whole(db);
        // The owner does see it, so that the search would find it.
        for path in [
            "/en/municipalities/chernihiv/profile/entries".to_owned(),
            "/en/municipalities/chernihiv/profile/contacts".to_owned(),
            "/en/municipalities/chernihiv/members".to_owned(),
            "/en/claims/1".to_owned(),
            "/en/account/data".to_owned(),
            "/en/unsent?for=/en/municipalities/chernihiv/profile/room".to_owned(),
        ] {
            assert!(holds_secret(&other.me.get(&path)), "{name}: {path} does not show it at all");
        }
        for slug in [other.slug, "koriukivka"] {
            for number in &numbers {
                for path in addresses("GET", slug, number) {
                    let path = path.replace("/entries/1", &format!("/entries/{number}"));
                    for who in [&me, &nobody] {
                        let answer = who.get(&path);
                        assert!(!holds_secret(&answer), "{name}: {path} shows it");
                        assert!(answer.status < 500, "{name}: {path}");
                    }
                }
            }
        }
        for path in [
            "/en/unsent?for=/en/municipalities/chernihiv/profile/room",
            "/uk/unsent?for=/uk/municipalities/chernihiv/profile/room",
            "/en/municipalities?q=chernihiv",
            "/en/municipalities?need=energy",
            "/en/municipalities?area=culture&offer=culture",
            "/en/compare?for=swidnik&with=chernihiv",
            "/en/municipalities/swidnik/partners?area=culture",
            "/en/municipalities/swidnik/partners/chernihiv/letter",
            "/api/v1/municipalities?q=chernihiv",
            "/api/v1/municipalities.csv?q=chernihiv",
            "/api/v1/municipalities.geojson?q=chernihiv",
            "/api/v1/municipalities/swidnik/partners/chernihiv",
            "/en/admin/log",
            "/en/admin/log.csv?municipality=chernihiv",
        ] {
            for who in [&me, &nobody] {
                assert!(!holds_secret(&who.get(path)), "{name}: {path} shows it");
            }
        }
        // Whatever there is to send, with the numbers of the other.
        let (theirs, them) = (other.id.0.to_string(), other.municipality.0.to_string());
        let numbers = [other.id, invited].map(|id| member_number(db, id, other.municipality));
        let invited = invited.0.to_string();
        let mut sent = 0;
        let mut answers: BTreeMap<u16, usize> = BTreeMap::new();
        for slug in [other.slug, "koriukivka"] {
            for number in ["1", "2", "3", &theirs, &invited] {
                for path in addresses("POST", slug, number) {
                    // Anybody may claim, ask to set something right, and change
                    // a letter of their own, which is kept nowhere.
                    let is_foreign = path.contains(slug) || path.contains(&format!("/{number}"));
                    let is_open =
                        ["/claim", "/correction", "/letter"].iter().any(|end| path.ends_with(end));
                    if !is_foreign || is_open {
                        continue;
                    }
                    for action in [
                        "remove", "up", "renew", "publish", "withdraw", "hide", "agree", "promote",
                        "demote", "leave", "end", "invite", "accept", "refuse", "return",
                        "resubmit", "confirm", "office", "suspend", "restore", "erase",
                    ] {
                        let version = if sent % 2 == 0 { "1" } else { "4" };
                        let fields = [
                            ("do", action),
                            ("action", action),
                            ("version", version),
                            ("entry", "0"),
                            ("member", &numbers[sent % 2]),
                            ("municipality", &them),
                            ("session", &session),
                            ("event", number),
                            ("answer", "no"),
                            ("name", "A"),
                            ("email", "a@bilous.gov.ua"),
                            ("role", "signatory"),
                            ("position", "Head"),
                            ("official", "a@bilous.gov.ua"),
                            ("direction", "need"),
                            ("subarea", "culture/heritage"),
                            ("level", "2"),
                            ("statement", "A"),
                            ("return", "A"),
                            ("office", "admin"),
                            ("reason", "A"),
                            ("source", "A"),
                            ("control", "occupied"),
                        ];
                        let answer = me.post(&path, &fields);
                        assert!(!holds_secret(&answer), "{name}: {path} {action} shows it");
                        let refused = matches!(answer.status, 403 | 404 | 409);
                        assert!(refused, "{name}: {path} {action}: {}", answer.status);
                        *answers.entry(answer.status).or_default() += 1;
                        sent += 1;
                    }
                }
            }
        }
        assert!(sent > 800, "{name}: only {sent} were sent");
        // Hidden fields of forms of one's own, with numbers of the other.
        for (path, fields) in [
            ("/en/account/sessions", vec![("session", session.as_str())]),
            ("/en/account/invitations", vec![("municipality", &them), ("do", "accept")]),
            ("/en/account/invitations", vec![("municipality", &them), ("do", "refuse")]),
            (
                "/en/municipalities/novyi-bilous/members",
                vec![("do", "end"), ("member", numbers[0].as_str())],
            ),
            (
                "/en/municipalities/novyi-bilous/members",
                vec![("do", "promote"), ("member", numbers[1].as_str())],
            ),
            ("/en/link/the-hash-of-another", vec![("password", PASSWORD)]),
            ("/en/unsubscribe/none/digest", vec![]),
        ] {
            let answer = me.post(path, &fields);
            assert!(matches!(answer.status, 404 | 409), "{name}: {path}: {}", answer.status);
            assert!(!holds_secret(&answer), "{name}: {path}");
        }
        assert_same(&before, &whole(db), name);
        // What is given to oneself of oneself holds nothing of anybody else.
        clock.pass(Duration::minutes(11));
        let data = me.get("/en/account/data");
        assert_eq!(data.json()["accounts"]["number"], id.0, "{name}");
        assert!(!holds_secret(&data), "{name}");
        assert_eq!(nobody.get("/en/account/data").status, 303, "{name}");
        // The form of the other is forgotten by nobody else either.
        let address = "/en/municipalities/chernihiv/profile/room";
        assert_eq!(me.post("/en/unsent", &[("_for", address)]).status, 204, "{name}");
        assert_same(&before, &whole(db), name);
    }
}

/// CVE-2023-45809: an error page named users who were not to be seen. No
/// answer that refuses says anything of somebody else, not even whether there
/// is something to refuse.
#[test]
fn an_answer_that_refuses_says_nothing_of_anybody_else() {
    for (name, server, _) in servers() {
        let db = &server.db;
        let other = other(&server);
        let id = account(db, "a@bilous.gov.ua", Office::None);
        set_membership(db, id, municipality(db, "novyi-bilous"), MemberState::Active);
        let me = Asker::begin(&server, id, now());
        let admin = Asker::begin(&server, account(db, "a@mosty.org", Office::Admin), now());
        settled(&server);
        // What is there and what is not are refused alike.
        for (there, nowhere) in [
            ("/en/claims/1", "/en/claims/987654"),
            ("/en/municipalities/chernihiv/members", "/en/municipalities/chernihiw/members"),
            ("/en/municipalities/chernihiv/profile", "/en/municipalities/chernihiw/profile"),
            ("/en/admin/accounts/1", "/en/admin/accounts/987654"),
            ("/en/admin/requests/1", "/en/admin/requests/987654"),
        ] {
            let end = |path: &str| path.strip_prefix("/en").unwrap().to_owned();
            for send in [false, true] {
                let ask = |path: &str| {
                    let answer = if send {
                        me.post(path, &[("do", "end"), ("action", "withdraw"), ("version", "1")])
                    } else {
                        me.get(path)
                    };
                    (answer.status, answer.body.replace(&end(path), ""))
                };
                assert_eq!(ask(there), ask(nowhere), "{name}: {there} {send}");
            }
        }
        let mut seen = BTreeMap::new();
        let mut refused = |answer: Answer, status: u16, what: &str| {
            assert_eq!(answer.status, status, "{name}: {what}: {}", answer.body);
            assert!(!holds_secret(&answer), "{name}: {what} shows it");
            let body = answer.body.to_lowercase();
            for word in ["chernihiv.gov.ua", "sqlite", "postgres", "select ", "constraint", "src/"]
            {
                assert!(!body.contains(word), "{name}: {what} says {word}");
            }
            *seen.entry(status).or_insert(0) += 1;
        };
        refused(me.get("/en/claims/1"), 404, "a claim of another");
        let stale = Asker { proof: "wrong".to_owned(), ..me.clone() };
        refused(stale.post("/en/claims/1", &[("action", "withdraw")]), 403, "a wrong form");
        let withdraw = [("action", "withdraw"), ("version", "1")];
        refused(me.post("/en/claims/1", &withdraw), 404, "taking back of another");
        refused(me.post("/en/account", &[("name", "")]), 422, "a wrong name");
        refused(me.get("/en/municipalities?page=x"), 400, "a wrong page");
        let answer = [("municipality", "2"), ("do", "accept")];
        refused(me.post("/en/account/invitations", &answer), 409, "an invitation of another");
        refused(me.post("/en/account/invitations", &[]), 400, "a form with nothing");
        let big = "x".repeat(70_000);
        refused(me.post("/en/account", &[("name", &big)]), 413, "a form too large");
        for _ in 0..10 {
            me.post("/en/account/password", &[("password", "wrong")]);
        }
        let again = me.post("/en/account/password", &[("password", "wrong")]);
        refused(again, 429, "too many tries");
        // Of somebody else's decision an officer is told that it was made.
        let decide = [("do", "refuse"), ("answer", "No")];
        assert_eq!(admin.post("/en/admin/requests/1", &decide).status, 303, "{name}");
        refused(admin.post("/en/admin/requests/1", &decide), 409, "decided twice");
        let own = format!("/en/admin/accounts/{}", other.id.0);
        let wrong = [("do", "office"), ("office", "officer"), ("organisation", "987654")];
        let answer = admin.post(&own, &wrong);
        assert!(answer.status < 500, "{name}: no such organisation: {}", answer.status);
        // What only the program can be to blame for.
        let sql = "ALTER TABLE claims RENAME TO claims_elsewhere";
        rows(db, sql, sql);
        refused(me.get("/en/account"), 500, "a table that is gone");
        assert!(seen.len() >= 8, "{name}: {seen:?}");
    }
}

/// CVE-2023-45809 once more: whoever asks somebody to join learns neither
/// whether the address has an account nor how its owner is called.
#[test]
fn asking_somebody_to_join_does_not_tell_who_they_are() {
    for (name, server, _) in servers() {
        let db = &server.db;
        account(db, "known1@town.example", Office::None);
        let renamed = account(db, "Known2@Town.example", Office::Admin);
        db.change(|conn| accounts::set_person(conn, renamed, SECRET, "uk")).unwrap();
        let id = account(db, "a@bilous.gov.ua", Office::None);
        set_membership(db, id, municipality(db, "novyi-bilous"), MemberState::Active);
        let me = Asker::begin(&server, id, now());
        let path = "/en/municipalities/novyi-bilous/members";
        for email in [
            "known1@town.example",
            "known2@town.example",
            "other1@town.example",
            "other2@town.example",
        ] {
            let asked = [("do", "invite"), ("name", "Guest"), ("email", email), ("role", "editor")];
            let answer = me.post(path, &asked);
            let next = format!("{path}?done=member-invite");
            assert_eq!((answer.status, answer.header("location")), (303, next.as_str()), "{name}");
        }
        let page = me.get(path);
        assert!(!holds_secret(&page), "{name}: the name of somebody who has not said yes");
        let lines: Vec<String> = page.texts("ul.lines li");
        let of = |email: &str| {
            let line = lines.iter().find(|l| l.contains(email));
            let line = line.unwrap_or_else(|| panic!("{name}: {email} in {lines:?}"));
            line.replace(email, "")
        };
        assert_eq!(of("known1@town.example"), of("other1@town.example"), "{name}");
        assert_eq!(of("known2@town.example"), of("other2@town.example"), "{name}");
        let history = me.get("/en/municipalities/novyi-bilous/history");
        assert!(!holds_secret(&history), "{name}");
    }
}

/// CVE-2026-43913: an owner who had only been invited could empty a vault.
/// CVE-2026-95814: members whose right had been taken kept access, because
/// some queries did not ask for the state. Whoever is not a member any more, or
/// not yet, is refused at once, with a session that began before.
#[test]
fn only_who_is_a_member_now_comes_to_what_is_for_members() {
    for (name, server, _) in servers() {
        let db = &server.db;
        let of = municipality(db, "novyi-bilous");
        let elsewhere = municipality(db, "swidnik");
        verify(db, of);
        let head = account(db, "head@bilous.gov.ua", Office::None);
        set_membership(db, head, of, MemberState::Active);
        let head_asks = Asker::begin(&server, head, now());
        let entry = [
            ("version", "0"),
            ("direction", "need"),
            ("subarea", "energy/backup"),
            ("level", "2"),
            ("statement", SECRET),
            ("audience", "verified"),
        ];
        let entries = "/en/municipalities/novyi-bilous/profile/entries/new";
        assert_eq!(head_asks.post(entries, &entry).status, 303, "{name}");
        type Change<'a> = Box<dyn Fn(AccountId) + 'a>;
        let officer = account(db, "officer@mosty.org", Office::Officer);
        let decided = |id: AccountId, action| {
            db.change(|conn| -> Result<(), super::Anyhow> {
                let text = ClaimText { position: "Head".into(), ..ClaimText::default() };
                let claim = claims::create(conn, of, id, &text, ClaimState::Submitted, now())?;
                let actor = mosty::domain::claim::ClaimActor::Officer;
                let (by, seen, answer, text) = (officer, Some(1), "no", None);
                let step = claims::Step { action, by, actor, seen, answer, text };
                claims::take(conn, claim, &step, now())?;
                Ok(())
            })
            .unwrap();
        };
        let ended = (mosty::domain::account::MemberRole::Signatory, MemberState::Ended);
        let ways: [(&str, bool, Change<'_>); 7] = [
            (
                "was only invited",
                true,
                Box::new(|id| set_membership(db, id, of, MemberState::Invited)),
            ),
            (
                "has left",
                false,
                Box::new(|id| {
                    set_membership(db, id, of, MemberState::Active);
                    let left = |conn: &mut _| members::set(conn, of, id, ended, (id, false), now());
                    db.change(left).unwrap();
                }),
            ),
            (
                "was removed",
                false,
                Box::new(|id| {
                    set_membership(db, id, of, MemberState::Active);
                    let path = "/en/municipalities/novyi-bilous/members";
                    let id = member_number(db, id, of);
                    let out = [("do", "end"), ("member", id.as_str())];
                    assert_eq!(head_asks.post(path, &out).status, 303);
                }),
            ),
            (
                "is over without anybody ending the session",
                true,
                Box::new(|id| set_membership(db, id, of, MemberState::Ended)),
            ),
            (
                "has a closed account",
                false,
                Box::new(|id| {
                    set_membership(db, id, of, MemberState::Active);
                    let state = mosty::domain::account::AccountState::Suspended;
                    db.change(|conn| accounts::set_state(conn, id, state, officer, now())).unwrap();
                }),
            ),
            (
                "has claimed and was refused",
                true,
                Box::new(|id| decided(id, mosty::domain::claim::ClaimAction::Refuse)),
            ),
            (
                "speaks for another",
                true,
                Box::new(|id| set_membership(db, id, elsewhere, MemberState::Active)),
            ),
        ];
        for (i, (way, stays, change)) in ways.iter().enumerate() {
            let id = account(db, &format!("{i}@town.example"), Office::None);
            let me = Asker::begin(&server, id, now());
            assert!(me.is_signed_in(), "{name}");
            change(id);
            assert_eq!(me.is_signed_in(), *stays, "{name}: {way}");
            let mut tried = 0;
            for RouteRow { method, address, .. } in mosty::web::table() {
                let for_members = address.contains("{slug}/profile")
                    || ["/members", "/history", "/hiding"].iter().any(|e| address.ends_with(e));
                if !for_members {
                    continue;
                }
                let path = address
                    .replace("{lang:en|uk}", "en")
                    .replace("{slug}", "novyi-bilous")
                    .replace("{number}", "1");
                let answer = match method {
                    "GET" => me.get(&path),
                    _ => me.post(&path, &[("version", "1"), ("do", "hide"), ("entry", "0")]),
                };
                let asked_to_sign_in = answer.status == 401
                    || (answer.status == 303 && answer.header("location").contains("/sign-in"));
                let refused = if *stays { answer.status == 404 } else { asked_to_sign_in };
                assert!(refused, "{name}: {method} {path} for whoever {way}: {}", answer.status);
                assert!(!holds_secret(&answer), "{name}: {path} for whoever {way}");
                tried += 1;
            }
            assert!(tried > 20, "{name}: only {tried}");
            let public = me.get("/en/municipalities/novyi-bilous");
            assert!(!holds_secret(&public), "{name}: shown to whoever {way}");
        }
        assert!(head_asks.is_signed_in(), "{name}");
    }
}

/// CVE-2026-27802, CVE-2026-27803: of several things changed at once, not each
/// was asked for whether it may be. Where a form says something several times,
/// what may not be done is not done with it.
#[test]
fn what_is_asked_for_together_is_allowed_one_by_one() {
    for (name, server, _) in servers() {
        let db = &server.db;
        let polish = officer_of(db, "officer@zmp.pl", "PL");
        let polish = Asker::begin(&server, polish, now());
        let officer = account(db, "officer@mosty.org", Office::Officer);
        let officer = Asker::begin(&server, officer, now());
        let admin = Asker::begin(&server, account(db, "admin@mosty.org", Office::Admin), now());
        // One event here and one there; a figure of an admin.
        let set = |who: &Asker, slug: &str, fields: &[(&str, &str)]| {
            who.post(&format!("/en/admin/municipalities/{slug}"), fields).status
        };
        let control = [("set", "control"), ("control", "front"), ("source", "A"), ("reason", "A")];
        for slug in ["swidnik", "novyi-bilous"] {
            assert_eq!(set(&officer, slug, &control), 303, "{name}");
        }
        let people = [
            ("set", "people"),
            ("people", "4321"),
            ("year", "2025"),
            ("people-source", "A"),
            ("people-reason", "A"),
        ];
        assert_eq!(set(&admin, "swidnik", &people), 303, "{name}");
        let mut conn = db.conn().unwrap();
        let (here, there) = (municipality(db, "swidnik"), municipality(db, "novyi-bilous"));
        let event = |conn: &mut _, of: MunicipalityId, action: &str| {
            let log = events::of(conn, Subject::Municipality, of.0).unwrap();
            log.iter().find(|e| e.action == action).unwrap().id.to_string()
        };
        let own = event(&mut conn, here, "control-set");
        let foreign = event(&mut conn, there, "control-set");
        let figure = event(&mut conn, here, "population-set");
        settled(&server);
        let of_other =
            |conn: &mut _| events::of(conn, Subject::Municipality, there.0).unwrap().len();
        let before = of_other(&mut conn);
        for (who, fields, status) in [
            (&polish, [("event", &*foreign), ("event", &own)], 404),
            (&officer, [("event", &*figure), ("event", &own)], 404),
            (&polish, [("event", &*own), ("event", &foreign)], 303),
        ] {
            let answer = who.post("/en/admin/log", &fields);
            assert_eq!(answer.status, status, "{name}: {fields:?}");
        }
        assert_eq!(of_other(&mut conn), before, "{name}: taken back by whom it is none of");
        let figures = |conn: &mut _| {
            let log = events::of(conn, Subject::Municipality, here.0).unwrap();
            log.iter().filter(|e| e.action == "population-set").count()
        };
        assert_eq!(figures(&mut conn), 1, "{name}: an officer took a figure back");
        // The same field twice sets no more than once would.
        let both = [&control[..], &people[..]].concat();
        assert_eq!(set(&officer, "swidnik", &both), 303, "{name}");
        assert_eq!(figures(&mut conn), 1, "{name}: an officer set a figure");
        let both = [&people[..], &control[..]].concat();
        assert_eq!(set(&officer, "swidnik", &both), 404, "{name}");
        assert_eq!(figures(&mut conn), 1, "{name}: an officer set a figure");
        assert_eq!(set(&polish, "novyi-bilous", &control), 404, "{name}");

        // Of several members only the one who may be is changed.
        let head = account(db, "head@swidnik.pl", Office::None);
        let editor = account(db, "editor@swidnik.pl", Office::None);
        let stranger = account(db, "head@bilous.gov.ua", Office::None);
        set_membership(db, head, here, MemberState::Active);
        set_membership(db, editor, here, MemberState::Active);
        set_membership(db, stranger, there, MemberState::Active);
        let head_asks = Asker::begin(&server, head, now());
        let editor = member_number(db, editor, here);
        let stranger = member_number(db, stranger, there);
        let path = "/en/municipalities/swidnik/members";
        let fields = [("do", "end"), ("member", &*editor), ("member", &*stranger)];
        assert_eq!(head_asks.post(path, &fields).status, 303, "{name}");
        let fields = [("do", "end"), ("member", &*stranger), ("member", &*editor)];
        assert_eq!(head_asks.post(path, &fields).status, 404, "{name}");
        let left = members::of(&mut conn, there).unwrap();
        assert_eq!(left.len(), 1, "{name}: a member of another was ended");

        // Ticks that no form has are none.
        let many = [
            ("topic", "queue"),
            ("topic", "password"),
            ("topic", "invitation"),
            ("topic", "x"),
            ("topic", "queue"),
        ];
        assert_eq!(head_asks.post("/en/account/letters", &many).status, 303, "{name}");
        let sql = "SELECT topic AS text FROM unwanted_letters";
        assert_eq!(rows(db, sql, sql), ["digest"], "{name}");
        let many = [("version", "0"), ("size", "lt5k"), ("size", "admin"), ("openness", "none")];
        assert_eq!(head_asks.post("/en/municipalities/swidnik/profile/room", &many).status, 303);
        let many = [
            ("version", "1"),
            ("format", "online"),
            ("format", "x"),
            ("speaks-1", "en"),
            ("speaks-2", "en"),
            ("fluency-1", "C1"),
            ("fluency-2", "B1"),
        ];
        let path = "/en/municipalities/swidnik/profile/languages";
        assert_eq!(head_asks.post(path, &many).status, 303, "{name}");
        let stated = mosty::storage::profiles::stated(&mut conn, here).unwrap().profile;
        assert_eq!(stated.preferred_sizes.len(), 1, "{name}");
        assert_eq!((stated.formats.len(), stated.languages.len()), (1, 1), "{name}");
        assert_eq!(stated.openness, None, "{name}");
    }
}

/// Writes the letters that are due, and sends nothing.
fn write_letters(server: &TestServer, clock: &MovingClock) {
    crate::signing_in::do_chores(server, clock);
}

/// Sends whatever waits, and says to whom.
fn send_all(db: &Db, clock: &MovingClock) -> Vec<String> {
    let server = Server::start(Manner::Takes);
    let later = FixedClock(clock.now() + Duration::minutes(1));
    while send_next(db, &later, &server.mailer(), "a holder").unwrap() != Step::Nothing {}
    let mut readers = server.readers();
    readers.sort();
    readers
}

/// GHSA-xqxm-2rpm-3889: news went to people who were not to get it. Who may
/// not read something any more when the letter about it is sent gets none.
#[test]
fn letters_of_news_go_only_to_who_may_still_read_it() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let of = municipality(db, "novyi-bilous");
        let partner = account(db, "partner@swidnik.pl", Office::None);
        set_membership(db, partner, municipality(db, "swidnik"), MemberState::Active);
        let names = ["stays", "removed", "closed", "erased"];
        let accounts_: Vec<AccountId> = names
            .iter()
            .map(|who| {
                let id = account(db, &format!("{who}@bilous.gov.ua"), Office::None);
                set_membership(db, id, of, MemberState::Active);
                id
            })
            .collect();
        let offices = ["remains", "resigned", "suspended"];
        let officers: Vec<AccountId> = offices
            .iter()
            .map(|who| account(db, &format!("{who}@mosty.org"), Office::Officer))
            .collect();
        let admin = account(db, "admin@mosty.org", Office::Admin);
        for (id, slug, need, offer) in [
            (accounts_[0], "novyi-bilous", "culture/heritage", "safety/continuity"),
            (partner, "swidnik", "safety/continuity", "culture/heritage"),
        ] {
            let me = Asker::begin(&server, id, now());
            let start = [
                ("version", "0"),
                ("need", need),
                ("offer", offer),
                ("speaks", "en"),
                ("fluency", "B2"),
                ("contact-name", "A"),
                ("contact-email", "a@b.example"),
            ];
            let path = format!("/en/municipalities/{slug}/profile/start");
            assert_eq!(me.post(&path, &start).status, 303, "{name}");
        }
        let missing = [("missing-name", "A"), ("missing-country", "B")];
        assert_eq!(Asker::nobody(&server).post("/en/missing", &missing).status, 303, "{name}");
        let close = |id: AccountId, state| {
            db.change(|conn| accounts::set_state(conn, id, state, admin, now())).unwrap();
        };
        let suspended = mosty::domain::account::AccountState::Suspended;
        send_all(db, &clock);
        clock.pass(Duration::days(7) + Duration::minutes(1));
        write_letters(&server, &clock);
        let waiting: Vec<mails::Mail> = letters(&server);
        let of_news = |m: &&mails::Mail| ["digest", "queue"].contains(&m.topic.as_str());
        assert_eq!(waiting.iter().filter(of_news).count(), 4 + 1 + 3 + 1, "{name}");
        // The letters are written; only now somebody loses the right to them.
        let ended = (mosty::domain::account::MemberRole::Signatory, MemberState::Ended);
        db.change(|conn| members::set(conn, of, accounts_[1], ended, (admin, true), now()))
            .unwrap();
        close(accounts_[2], suspended);
        let erased = accounts_[3];
        db.change(|conn| mosty::storage::privacy::erase(conn, erased, erased, now())).unwrap();
        let none = Office::None;
        db.change(|conn| accounts::set_office(conn, officers[1], none, None, admin, now()))
            .unwrap();
        close(officers[2], suspended);
        let readers = send_all(db, &clock);
        let wanted =
            ["admin@mosty.org", "partner@swidnik.pl", "remains@mosty.org", "stays@bilous.gov.ua"];
        assert_eq!(readers, wanted, "{name}");
        // Nor are any written for them a week later.
        let me = Asker::begin(&server, partner, clock.now());
        let entry = [
            ("version", "1"),
            ("direction", "exchange"),
            ("subarea", "safety/continuity"),
            ("level", "2"),
            ("statement", ""),
        ];
        let entries = "/en/municipalities/swidnik/profile/entries/new";
        assert_eq!(me.post(entries, &entry).status, 303, "{name}");
        clock.pass(Duration::days(7) + Duration::minutes(1));
        let site = Site { address: server.url.clone() };
        let weights = Weights::shipped().unwrap();
        let live = Live::open(db.clone(), std::sync::Arc::new(clock.clone()), weights).unwrap();
        while jobs::do_next(&live, &site, "test").unwrap() {}
        write_letters(&server, &clock);
        let told: Vec<String> =
            letters(&server).into_iter().filter(|m| of_news(&m)).map(|m| m.address).collect();
        assert!(told.iter().any(|a| a == "stays@bilous.gov.ua"), "{name}: {told:?}");
        for who in ["removed@", "closed@", "erased@", "resigned@", "suspended@"] {
            assert!(!told.iter().any(|a| a.starts_with(who)), "{name}: {who} is told: {told:?}");
        }
    }
}

/// ASVS 3.5.1: reading changes nothing, whoever reads: every address that is
/// read, with GET and with HEAD, as everybody.
#[test]
fn reading_changes_nothing_for_anybody() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let other = other(&server);
        let begin = |email: &str, office| Asker::begin(&server, account(db, email, office), now());
        let readers = [
            Asker::nobody(&server),
            other.me.clone(),
            begin("nobody@town.example", Office::None),
            begin("officer@mosty.org", Office::Officer),
            begin("admin@mosty.org", Office::Admin),
        ];
        forget_tries(db);
        // So long that a session is noted to be used.
        clock.pass(Duration::minutes(2));
        settled(&server);
        let before = dump(db);
        let rest = |mut all: Vec<(String, String)>| {
            // How much one visitor asks for is added up once it is much.
            all.retain(|(at, _)| at != "sessions.seen_at" && !at.starts_with("attempts."));
            all
        };
        let mut read = 0;
        for (slug, number) in [(other.slug, "1"), ("swidnik", "2")] {
            for path in addresses("GET", slug, number) {
                for me in &readers {
                    let answer = me.get(&path);
                    assert!(answer.status < 500, "{name}: {path}");
                    let url = format!("{}{path}", server.url);
                    let head = crate::support::agent().head(&url).header("cookie", &me.cookie);
                    let head = head.call().unwrap();
                    assert_eq!(head.status().as_u16(), answer.status, "{name}: HEAD {path}");
                    read += usize::from(answer.status == 200);
                }
            }
        }
        assert!(read > 200, "{name}: only {read} could be read");
        let after = dump(db);
        assert_ne!(before, after, "{name}: no session was noted, so nobody was signed in");
        let (mut before, mut after) = (rest(before), rest(after));
        before.sort();
        after.sort();
        assert_same(&before, &after, name);
    }
}

/// CVE-2025-65017 once more: a file of what is stored of a person is that of
/// whoever asks, for several who ask at once.
#[test]
fn everybody_downloads_their_own_data() {
    let (server, _) = server();
    let db = &server.db;
    let askers: Vec<(AccountId, Asker)> = (0..6)
        .map(|i| {
            let id = account(db, &format!("person{i}@town.example"), Office::None);
            (id, Asker::begin(&server, id, now()))
        })
        .collect();
    let first = askers[0].0.0;
    std::thread::scope(|scope| {
        for (id, me) in &askers {
            scope.spawn(move || {
                for _ in 0..8 {
                    let answer = me.get("/en/account/data");
                    assert_eq!(answer.json()["accounts"]["number"], id.0);
                    let others = bare(&answer.body).matches("@town.example").count();
                    let own =
                        bare(&answer.body).matches(&format!("person{}@", id.0 - first)).count();
                    assert_eq!(others, own, "{}", answer.body);
                    assert_eq!(answer.header("cache-control"), "no-store");
                }
            });
        }
    });
}
