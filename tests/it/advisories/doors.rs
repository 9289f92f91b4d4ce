//! What lets somebody in, once, for a while, or not at all: links, sessions,
//! tries.

use std::time::Instant;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use chrono::Duration;
use mosty::auth::token::Token;
use mosty::auth::{password, totp};
use mosty::domain::account::{AccountId, AccountState, MemberState, Office};
use mosty::domain::time::Clock;
use mosty::storage::credentials;
use mosty::storage::sessions::{Link, Purpose};
use mosty::storage::{Db, accounts, claims, sessions};

use super::{
    Asker, RECOVERY, account, forget_tries, municipality, server, servers, set_membership,
    stored_password,
};
use crate::signing_in::{PASSWORD, do_chores, letters, link_in};
use crate::support::{Answer, TestServer, member_number, now};

/// Another good password.
const NEW: &str = "п'ять гусей на березі";

fn state(db: &Db, id: AccountId) -> AccountState {
    accounts::load(&mut db.conn().unwrap(), id).unwrap().state
}

/// The link in the last letter to somebody, if there is any letter.
fn last_link(server: &TestServer, email: &str) -> Option<String> {
    let sent = letters(server);
    sent.iter().find(|m| m.address == email && m.body.contains("/link/")).map(link_in)
}

/// Whether a password signs in.
fn signs_in(server: &TestServer, email: &str, given: &str) -> bool {
    forget_tries(&server.db);
    let said = [("email", email), ("password", given)];
    let answer = Asker::nobody(server).post("/en/sign-in", &said);
    answer.header("set-cookie").contains("session=")
}

/// That a link is nothing any more: read or followed, in either language, by
/// anybody.
fn assert_over(server: &TestServer, link: &str, askers: &[&Asker], what: &str) {
    let (en, uk) = (link.replace("/uk/", "/en/"), link.replace("/en/", "/uk/"));
    for me in askers {
        for path in [&en, &uk] {
            assert_eq!(me.get(path).status, 404, "{what}: {path} can be read");
            let answer = me.post(path, &[("password", NEW)]);
            assert_eq!(answer.status, 404, "{what}: {path} can be followed");
        }
    }
    forget_tries(&server.db);
}

/// CVE-2023-48220: an invitation that had expired was accepted by asking for a
/// new password. A link that is over is over on every way, and so is the
/// invitation behind it.
#[test]
fn an_expired_invitation_is_accepted_on_no_way() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let nobody = Asker::nobody(&server);
        let other = account(db, "other@town.example", Office::None);
        let admin = account(db, "admin@mosty.org", Office::Admin);
        let head = account(db, "head@bilous.gov.ua", Office::None);
        let of = municipality(db, "novyi-bilous");
        set_membership(db, head, of, MemberState::Active);
        // An officer and a member are invited.
        let asks = Asker::begin(&server, admin, clock.now());
        let invite =
            [("do", "invite"), ("name", "A"), ("email", "new@mosty.org"), ("office", "officer")];
        assert_eq!(asks.post("/en/admin/accounts", &invite).status, 303, "{name}");
        let asks = Asker::begin(&server, head, clock.now());
        let invite = [("do", "invite"), ("name", "A"), ("email", "new@bilous.gov.ua")];
        let members = "/en/municipalities/novyi-bilous/members";
        assert_eq!(asks.post(members, &invite).status, 303, "{name}");
        let id = |email: &str| accounts::by_email(&mut db.conn().unwrap(), email).unwrap().unwrap();
        let (officer, member) = (id("new@mosty.org"), id("new@bilous.gov.ua"));
        let link = last_link(&server, "new@mosty.org").unwrap();
        let member_link = last_link(&server, "new@bilous.gov.ua").unwrap();
        clock.pass(Duration::days(3));
        let other = Asker::begin(&server, other, clock.now());
        for link in [&link, &member_link] {
            assert_over(&server, link, &[&nobody, &other], name);
        }
        assert!(!signs_in(&server, "new@mosty.org", NEW), "{name}");
        // Whoever was to be an officer is none by asking for a password.
        nobody.post("/en/password", &[("email", "new@mosty.org")]);
        do_chores(&server, &clock);
        let again = last_link(&server, "new@mosty.org");
        assert_eq!(again, Some(link), "{name}: an office is given by a forgotten password");
        assert_eq!(state(db, officer), AccountState::Invited, "{name}");
        // A member may prove the address later; the right to the municipality
        // has an end of its own.
        clock.pass(Duration::days(11) + Duration::minutes(1));
        forget_tries(db);
        nobody.post("/en/password", &[("email", "new@bilous.gov.ua")]);
        do_chores(&server, &clock);
        let again = last_link(&server, "new@bilous.gov.ua").unwrap();
        assert_over(&server, &member_link, &[&nobody], name);
        assert_eq!(nobody.post(&again, &[("password", NEW)]).status, 303, "{name}");
        assert!(signs_in(&server, "new@bilous.gov.ua", NEW), "{name}");
        let me = Asker::begin(&server, member, clock.now());
        assert!(!me.get("/en/account").body.contains("/account/invitations"), "{name}");
        let of_number = of.0.to_string();
        let accept = [("do", "accept"), ("municipality", of_number.as_str())];
        assert_eq!(me.post("/en/account/invitations", &accept).status, 409, "{name}");
        assert_eq!(me.get("/en/municipalities/novyi-bilous/profile").status, 404, "{name}");
    }
}

/// CVE-2023-48220, CVE-2026-45414: a link works once, for the one it was made
/// for; whatever only looks at it does not use it up, and what it leads to is
/// nothing to whoever happens to be signed in.
#[test]
fn a_link_works_once_and_for_one_alone() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let nobody = Asker::nobody(&server);
        let passer = account(db, "passer@town.example", Office::None);
        let passer_asks = Asker::begin(&server, passer, clock.now());
        let id = account(db, "olena@rada.gov.ua", Office::None);
        let make = |purpose, payload: &str| {
            let token = Token::new().unwrap();
            let link = Link { purpose, account: id, payload: payload.into() };
            let until = clock.now() + Duration::hours(1);
            db.change(|conn| sessions::add_link(conn, &token.hash(), &link, until)).unwrap();
            format!("/en/link/{}", token.as_str())
        };
        let (reset, address) =
            (make(Purpose::Password, ""), make(Purpose::Address, "new@rada.gov.ua"));
        // A scanner of letters looks at everything, with every harmless method.
        for _ in 0..3 {
            for path in [&reset, &address] {
                assert_eq!(nobody.get(path).status, 200, "{name}");
                let url = format!("{}{path}", server.url);
                let head = crate::support::agent().head(&url).call().unwrap();
                assert_eq!(head.status(), 200, "{name}");
                let request = ureq::http::Request::builder().method("OPTIONS").uri(&url);
                let options = crate::support::agent().run(request.body(()).unwrap()).unwrap();
                assert_eq!(options.status(), 405, "{name}");
            }
        }
        // What is no good use of it does not use it up either.
        assert_eq!(nobody.post(&reset, &[("password", "short")]).status, 422, "{name}");
        let stale = Asker { proof: "wrong".into(), ..nobody.clone() };
        assert_eq!(stale.post(&reset, &[("password", NEW)]).status, 403, "{name}");
        // Somebody else is signed in where it is followed: nothing of theirs
        // changes, and nobody is signed in by it.
        let answer = passer_asks.post(&reset, &[("password", NEW)]);
        assert_eq!(answer.status, 303, "{name}");
        assert!(answer.header("set-cookie").is_empty(), "{name}: {}", answer.header("set-cookie"));
        let data = passer_asks.get("/en/account/data").json();
        assert_eq!(data["people"]["email"], "passer@town.example", "{name}");
        assert!(signs_in(&server, "passer@town.example", PASSWORD), "{name}");
        assert!(signs_in(&server, "olena@rada.gov.ua", NEW), "{name}");
        // It is used up, and with it whatever else was on its way.
        for link in [&reset, &address] {
            assert_over(&server, link, &[&nobody, &passer_asks], name);
        }
        // A link to a new address sets no password, and makes void what was
        // sent to the old one.
        let (address, reset) =
            (make(Purpose::Address, "new@rada.gov.ua"), make(Purpose::Password, ""));
        let said = [("password", "ten thousand geese"), ("email", "evil@evil.example")];
        assert_eq!(nobody.post(&address, &said).status, 303, "{name}");
        assert!(signs_in(&server, "new@rada.gov.ua", NEW), "{name}");
        assert!(!signs_in(&server, "olena@rada.gov.ua", NEW), "{name}");
        for link in [&address, &reset] {
            assert_over(&server, link, &[&nobody, &passer_asks], name);
        }
        // An address that somebody has got meanwhile is not taken from them.
        let address = make(Purpose::Address, "passer@town.example");
        assert_eq!(nobody.post(&address, &[]).status, 409, "{name}");
        let found = accounts::by_email(&mut db.conn().unwrap(), "passer@town.example").unwrap();
        assert_eq!(found, Some(passer), "{name}");
        // Time is over for each, and for whoever is closed.
        let (reset, address) =
            (make(Purpose::Password, ""), make(Purpose::Address, "late@rada.gov.ua"));
        let suspend = |conn: &mut _, state| accounts::set_state(conn, id, state, passer, now());
        db.change(|conn| suspend(conn, AccountState::Suspended)).unwrap();
        for link in [&reset, &address] {
            assert_over(&server, link, &[&nobody], name);
        }
        db.change(|conn| suspend(conn, AccountState::Active)).unwrap();
        clock.pass(Duration::hours(1));
        for link in [&reset, &address] {
            assert_over(&server, link, &[&nobody], name);
        }
    }
}

/// CVE-2026-43911: sessions went on after what they were begun with had been
/// changed. Whatever ends the right ends the session, with the next request.
#[test]
fn sessions_end_with_what_they_stand_on() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let admin = account(db, "admin@mosty.org", Office::Admin);
        let admin = Asker::begin(&server, admin, now());
        let of = municipality(db, "novyi-bilous");
        let code = |secret: &str| totp::code_at(secret, clock.now()).unwrap();
        let secret = totp::new_secret().unwrap();
        let own = |id: AccountId| format!("/en/admin/accounts/{}", id.0);
        type Step<'a> = Box<dyn Fn(&Asker, AccountId, &str) -> Answer + 'a>;
        // What is done, whether the session it is done in goes on, and how.
        let steps: Vec<(&str, bool, Step<'_>)> = vec![
            (
                "a new password",
                true,
                Box::new(|me, _, _| {
                    let said = [("password", PASSWORD), ("new-password", NEW)];
                    me.post("/en/account/password", &said)
                }),
            ),
            (
                "a second factor",
                true,
                Box::new(|me, _, _| {
                    let code = code(&secret);
                    let said = [("password", PASSWORD), ("secret", &*secret), ("code", &code)];
                    me.post("/en/account/second-factor", &said)
                }),
            ),
            (
                "no second factor any more",
                true,
                Box::new(|me, id, _| {
                    db.change(|conn| {
                        let stored = rows_of_sessions(db, id);
                        assert_eq!(stored, 2);
                        let codes = [totp::recovery_hash(RECOVERY)];
                        credentials::set_recovery_codes(conn, id, &codes)
                    })
                    .unwrap();
                    me.post("/en/account/second-factor/remove", &[("password", PASSWORD)])
                }),
            ),
            (
                "a new address",
                false,
                Box::new(|me, _, email| {
                    let new = format!("new.{email}");
                    let said = [("password", PASSWORD), ("email", &*new)];
                    assert_eq!(me.post("/en/account/email", &said).status, 303);
                    let link = last_link(&server, &new).unwrap();
                    Asker::nobody(&server).post(&link, &[])
                }),
            ),
            (
                "a password by letter",
                false,
                Box::new(|_, _, email| {
                    Asker::nobody(&server).post("/en/password", &[("email", email)]);
                    do_chores(&server, &clock);
                    let link = last_link(&server, email).unwrap();
                    Asker::nobody(&server).post(&link, &[("password", NEW)])
                }),
            ),
            (
                "an office",
                false,
                Box::new(|_, id, _| {
                    admin.post(&own(id), &[("do", "office"), ("office", "officer")])
                }),
            ),
            (
                "no office",
                false,
                Box::new(|_, id, _| admin.post(&own(id), &[("do", "office"), ("office", "none")])),
            ),
            ("closing", false, Box::new(|_, id, _| admin.post(&own(id), &[("do", "suspend")]))),
            (
                "erasing",
                false,
                Box::new(|_, id, _| admin.post(&own(id), &[("do", "erase"), ("sure", "1")])),
            ),
            (
                "erasing oneself",
                false,
                Box::new(|me, _, _| me.post("/en/account/erase", &[("password", PASSWORD)])),
            ),
            (
                "being removed from a municipality",
                false,
                Box::new(|_, id, _| {
                    set_membership(db, id, of, MemberState::Active);
                    let head = account(db, "head@bilous.gov.ua", Office::None);
                    set_membership(db, head, of, MemberState::Active);
                    let id = member_number(db, id, of);
                    let said = [("do", "end"), ("member", id.as_str())];
                    let head = Asker::begin(&server, head, clock.now());
                    head.post("/en/municipalities/novyi-bilous/members", &said)
                }),
            ),
            (
                "hiding everything",
                false,
                Box::new(|me, id, _| {
                    set_membership(db, id, of, MemberState::Active);
                    me.post("/en/municipalities/novyi-bilous/hiding", &[("do", "hide")])
                }),
            ),
            ("ending all others", true, Box::new(|me, _, _| me.post("/en/account/sessions", &[]))),
        ];
        for (i, (what, goes_on, step)) in steps.iter().enumerate() {
            forget_tries(db);
            let email = format!("person{i}@town.example");
            let id = account(db, &email, Office::None);
            let (here, there) =
                (Asker::begin(&server, id, now()), Asker::begin(&server, id, clock.now()));
            assert!(here.is_signed_in() && there.is_signed_in(), "{name}: {what}");
            let answer = step(&here, id, &email);
            assert!(matches!(answer.status, 200 | 303), "{name}: {what}: {}", answer.status);
            assert!(!there.is_signed_in(), "{name}: {what} leaves another session");
            assert_eq!(here.is_signed_in(), *goes_on, "{name}: {what}");
        }
        // Signing out ends the one session, also for whoever kept its cookie.
        let id = account(db, "person@town.example", Office::None);
        let (here, there) = (Asker::begin(&server, id, now()), Asker::begin(&server, id, now()));
        assert_eq!(here.post("/en/sign-out", &[]).status, 303, "{name}");
        assert!(!here.is_signed_in() && there.is_signed_in(), "{name}");
        assert_eq!(here.post("/en/account", &[("name", "A")]).status, 401, "{name}");
        // Half a session, of somebody who owes a code, is none after either.
        let staff = account(db, "staff@mosty.org", Office::Officer);
        let said = [("email", "staff@mosty.org"), ("password", PASSWORD)];
        let half = owing(&server, &said);
        assert_eq!(admin.post(&own(staff), &[("do", "suspend")]).status, 303, "{name}");
        let answer = half.post("/en/sign-in/code", &[("code", RECOVERY)]);
        let went_on = answer.header("set-cookie").contains("session=");
        assert!(!went_on, "{name}: half a session went on");
    }
}

fn rows_of_sessions(db: &Db, id: AccountId) -> usize {
    sessions::of(&mut db.conn().unwrap(), id).unwrap().len()
}

/// Somebody who gave the password and owes a code.
fn owing(server: &TestServer, said: &[(&str, &str)]) -> Asker {
    let nobody = Asker::nobody(server);
    let answer = nobody.post("/en/sign-in", said);
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let token = Token::parse(cookie.split_once('=').unwrap().1).unwrap();
    Asker::holding(server, "session", &token)
}

/// CVE-2026-43914: tries were counted on one way and not on another. On each
/// of them they run out, with a word on how long to wait; the right secret does
/// not get through meanwhile, and nobody else waits.
#[test]
fn tries_run_out_on_every_way() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let (email, staff_email) = ("olena@rada.gov.ua", "staff@mosty.org");
        let id = account(db, email, Office::None);
        let bystander = account(db, "other@rada.gov.ua", Office::None);
        let staff = account(db, staff_email, Office::Officer);
        let secret = totp::new_secret().unwrap();
        let codes = [totp::recovery_hash(RECOVERY)];
        let factor = Some((secret.as_str(), 0, &codes[..]));
        db.change(|conn| credentials::set_second_factor(conn, staff, factor, None, now())).unwrap();
        let code = || totp::code_at(&secret, clock.now()).unwrap();
        let me = Asker::begin(&server, id, now());
        let nobody = Asker::nobody(&server);
        let half = owing(&server, &[("email", staff_email), ("password", PASSWORD)]);
        let refused = |answer: &Answer, most: i64, what: &str| {
            assert_eq!(answer.status, 429, "{name}: {what} goes on: {}", answer.status);
            let wait: i64 = answer.header("retry-after").parse().unwrap();
            assert!((1..=most).contains(&wait), "{name}: {what}: {wait}");
            assert!(!answer.header("set-cookie").contains("session="), "{name}: {what}");
        };

        // A password; where from a request says it comes makes no difference.
        let sign_in = |email: &str, password: &str, from: usize| {
            let fields =
                [("_form", nobody.proof.as_str()), ("email", email), ("password", password)];
            let body = serde_html_form::to_string(fields).unwrap();
            let from = format!("192.0.2.{from}");
            let headers = [
                ("cookie", nobody.cookie.as_str()),
                ("x-forwarded-for", &from),
                ("forwarded", "for=192.0.2.1"),
                ("x-real-ip", &from),
            ];
            crate::support::post(&format!("{}/en/sign-in", server.url), &headers, &body)
        };
        let spellings = [email, "OLENA@rada.gov.ua", " olena@RADA.gov.ua "];
        for i in 0..10 {
            assert_eq!(sign_in(spellings[i % 3], "wrong", i).status, 422, "{name} {i}");
        }
        refused(&sign_in(email, PASSWORD, 11), 900, "signing in");
        assert_eq!(sign_in("other@rada.gov.ua", PASSWORD, 11).status, 303, "{name}");
        assert!(me.is_signed_in(), "{name}: whoever is in was locked out");
        // An address nobody has runs out as well.
        for i in 0..10 {
            assert_eq!(sign_in("nobody@rada.gov.ua", "wrong", i).status, 422, "{name}");
        }
        refused(&sign_in("nobody@rada.gov.ua", "wrong", 1), 900, "signing in as nobody");
        clock.pass(Duration::minutes(15));
        assert_eq!(sign_in(email, PASSWORD, 1).status, 303, "{name}: it never ends");

        // Codes of a generator and of recovery are counted together, and for
        // everybody who has the password together.
        for i in 0..6 {
            let wrong = if i % 2 == 0 { "000000" } else { "aaaa-bbbb-cccc-eeee" };
            let who = if i < 3 {
                half.clone()
            } else {
                owing(&server, &[("email", staff_email), ("password", PASSWORD)])
            };
            assert_eq!(who.post("/en/sign-in/code", &[("code", wrong)]).status, 422, "{name} {i}");
        }
        for right in [code(), RECOVERY.to_owned()] {
            refused(&half.post("/en/sign-in/code", &[("code", &right)]), 900, "a code");
        }
        let again = owing(&server, &[("email", staff_email), ("password", PASSWORD)]);
        refused(
            &again.post("/en/sign-in/code", &[("code", &code())]),
            900,
            "a code, signed in anew",
        );
        clock.pass(Duration::minutes(15));
        let again = owing(&server, &[("email", staff_email), ("password", PASSWORD)]);
        let answer = again.post("/en/sign-in/code", &[("code", &code())]);
        assert!(answer.header("set-cookie").contains("session="), "{name}: {}", answer.status);

        // The present password, within an account: all forms together.
        let forms: [(&str, &[(&str, &str)]); 5] = [
            ("/en/account/password", &[("new-password", NEW)]),
            ("/en/account/email", &[("email", "new@rada.gov.ua")]),
            ("/en/account/second-factor", &[("secret", &secret), ("code", "000000")]),
            ("/en/account/second-factor/remove", &[]),
            ("/en/account/erase", &[]),
        ];
        for i in 0..10 {
            let (path, fields) = forms[i % 5];
            let fields = [fields, &[("password", "wrong")]].concat();
            assert_eq!(me.post(path, &fields).status, 422, "{name}: {path}");
        }
        for (path, fields) in forms {
            let fields = [fields, &[("password", PASSWORD)]].concat();
            refused(&me.post(path, &fields), 900, path);
        }
        assert!(me.is_signed_in(), "{name}: something got through");
        let other = Asker::begin(&server, bystander, clock.now());
        let said = [("password", PASSWORD), ("new-password", NEW)];
        assert_eq!(other.post("/en/account/password", &said).status, 303, "{name}");
        clock.pass(Duration::minutes(15));
        let said = [("password", PASSWORD), ("email", "new@rada.gov.ua")];
        assert_eq!(me.post("/en/account/email", &said).status, 303, "{name}: it never ends");

        // Letters with a new password: for one address three in an hour, in
        // silence, and thirty from one place.
        forget_tries(db);
        let letters_to = |who: &str| letters(&server).iter().filter(|m| m.address == who).count();
        let (before, before_other) = (letters_to(email), letters_to("other@rada.gov.ua"));
        for i in 0..30 {
            let who = if i < 20 { email } else { "nobody@rada.gov.ua" };
            assert_eq!(nobody.post("/en/password", &[("email", who)]).status, 200, "{name} {i}");
        }
        let asked = nobody.post("/en/password", &[("email", "other@rada.gov.ua")]);
        refused(&asked, 3_600, "asking for letters");
        do_chores(&server, &clock);
        assert_eq!(letters_to(email) - before, 3, "{name}");
        assert_eq!(letters_to("other@rada.gov.ua"), before_other, "{name}");
        clock.pass(Duration::hours(1));
        assert_eq!(nobody.post("/en/password", &[("email", email)]).status, 200, "{name}");
        do_chores(&server, &clock);

        // Guessing at links, even where one is right.
        forget_tries(db);
        let link = last_link(&server, email).unwrap();
        for _ in 0..30 {
            let wrong = format!("/en/link/{}", Token::new().unwrap().as_str());
            assert_eq!(nobody.post(&wrong, &[("password", NEW)]).status, 404, "{name}");
        }
        refused(&nobody.post(&link, &[("password", NEW)]), 3_600, "a link");

        // Claims and requests, from one place and of one account.
        forget_tries(db);
        let me = Asker::begin(&server, id, clock.now());
        for i in 0..10 {
            let (path, who) =
                (format!("/en/municipalities/town-{i}/claim"), format!("{i}@a.example"));
            let said = [
                ("name", "A"),
                ("email", who.as_str()),
                ("position", "Head"),
                ("official", "rada@a.example"),
            ];
            let answer = nobody.post(&path, &said);
            assert_eq!(answer.status, 200, "{name} {i}");
        }
        let said = [("position", "Head"), ("official", "rada@a.example")];
        refused(&me.post("/en/municipalities/town-11/claim", &said), 3_600, "a claim");
        let missing = [("missing-name", "A"), ("missing-country", "B")];
        for _ in 0..10 {
            assert_eq!(nobody.post("/en/missing", &missing).status, 303, "{name}");
        }
        refused(&nobody.post("/en/missing", &missing), 3_600, "a request");
        let asked = [("about", "other"), ("value", "A"), ("source", "B")];
        for _ in 0..10 {
            let answer = me.post("/en/municipalities/swidnik/correction", &asked);
            assert_eq!(answer.status, 303, "{name}");
        }
        let answer = me.post("/en/municipalities/swidnik/correction", &asked);
        refused(&answer, 3_600, "a correction");
        let answer = other.post("/en/municipalities/swidnik/correction", &asked);
        assert_eq!(answer.status, 303, "{name}: somebody else waits");
    }
}

/// How probable a difference as large as this between two samples is if they
/// are of one kind: the test of Mann and Whitney, by the normal approximation.
fn alike(a: &[f64], b: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> =
        a.iter().map(|x| (*x, true)).chain(b.iter().map(|x| (*x, false))).collect();
    all.sort_by(|x, y| x.0.total_cmp(&y.0));
    let (n, m) = (a.len() as f64, b.len() as f64);
    // Times in nanoseconds hardly ever tie.
    let ranks: f64 =
        (1..).zip(&all).filter(|(_, (_, of_a))| *of_a).map(|(r, _)| f64::from(r)).sum();
    let u = ranks - n * (n + 1.0) / 2.0;
    let z = (u - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt();
    // The tail of the normal distribution (Abramowitz and Stegun, 7.1.26).
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let sum = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592]
        .into_iter()
        .fold(0.0, |sum, c| (sum + c) * t);
    sum * (-x * x).exp()
}

#[test]
fn the_test_of_two_samples_tells_them_apart() {
    let mut random = fastrand::Rng::with_seed(7);
    let mut sample = |shift: f64| -> Vec<f64> {
        (0..200).map(|_| shift + (0..12).map(|_| random.f64()).sum::<f64>()).collect()
    };
    let (one, same, other) = (sample(0.0), sample(0.0), sample(0.5));
    assert!(alike(&one, &same) > 0.05, "{}", alike(&one, &same));
    assert!(alike(&one, &other) < 0.001, "{}", alike(&one, &other));
    // By hand: 5 against 5 with U = 3 is z = -1.984, twice the tail of which
    // is 0.0472.
    let p = alike(&[1.0, 2.0, 3.0, 4.0, 8.0], &[5.0, 6.0, 7.0, 9.0, 10.0]);
    assert!((p - 0.0472).abs() < 0.000_5, "{p}");
}

/// ASVS 6.3.8: whether an address is known shows neither in what is answered
/// nor in how long that takes: on signing in, asking for a password, claiming.
#[test]
fn neither_words_nor_time_tell_whether_an_address_is_known() {
    const EACH: usize = 200;
    let (server, _) = server();
    let db = &server.db;
    let nobody = Asker::nobody(&server);
    for i in 0..10 {
        account(db, &format!("known{i}@rada.gov.ua"), Office::None);
    }
    let said = |who: &str| -> Vec<(&'static str, String)> {
        vec![
            ("email", who.to_owned()),
            ("password", "wrong".to_owned()),
            ("name", "Olena".to_owned()),
            ("position", "Head".to_owned()),
            ("official", "rada@rada.gov.ua".to_owned()),
        ]
    };
    let ask = |path: &str, who: &str| {
        let fields = said(who);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, &**v)).collect();
        let begun = Instant::now();
        let answer = nobody.post(path, &fields);
        let took = begun.elapsed().as_secs_f64();
        (took, (answer.status, answer.body.replace(who, "").len()))
    };
    // Strangers' claims are all answered after the same while: so many wait
    // together.
    for (path, together) in
        [("/en/password", 1), ("/en/municipalities/swidnik/claim", 5), ("/en/sign-in", 1)]
    {
        // A busy machine may be unlucky: three times is no luck any more.
        let mut tries = Vec::new();
        for attempt in 0..3 {
            let (mut known, mut unknown) = (Vec::new(), Vec::new());
            let mut shape = None;
            for i in 0..EACH / together {
                if (i * together) % 5 == 0 {
                    forget_tries(db);
                }
                let pairs = (0..together).map(|n| {
                    let number = i * together + n;
                    // Whoever has claimed is known from then on.
                    let own = if together > 1 { number + attempt * EACH } else { number % 10 };
                    let both = [
                        format!("known{}@rada.gov.ua", number % 10),
                        format!("{own:06}@rada.gov.ua"),
                    ];
                    (number % 2 == 1, both)
                });
                let asked: Vec<(bool, String)> = pairs
                    .flat_map(|(reversed, [a, b])| {
                        let mut both = [(true, a), (false, b)];
                        if reversed {
                            both.reverse();
                        }
                        both
                    })
                    .collect();
                let answers: Vec<_> = if together == 1 {
                    asked.iter().map(|(_, who)| ask(path, who)).collect()
                } else {
                    std::thread::scope(|scope| {
                        let each: Vec<_> =
                            asked.iter().map(|(_, who)| scope.spawn(|| ask(path, who))).collect();
                        each.into_iter().map(|t| t.join().unwrap()).collect()
                    })
                };
                for ((is_known, who), (took, this)) in asked.iter().zip(answers) {
                    assert_eq!(*shape.get_or_insert(this), this, "{path}: {who}");
                    if *is_known { known.push(took) } else { unknown.push(took) }
                }
            }
            assert_eq!((known.len(), unknown.len()), (EACH, EACH));
            tries.push(alike(&known, &unknown));
            println!("{path}: p = {}", tries.last().unwrap());
            if tries.last().unwrap() > &0.01 {
                break;
            }
        }
        assert!(tries.last().unwrap() > &0.01, "{path}: time tells who is known: {tries:?}");
    }
}

/// ASVS 11.4.2: a password that was kept with less work than is done today is
/// kept with as much from the next time on that it is given.
#[test]
fn a_password_is_kept_as_well_as_new_ones_after_signing_in() {
    for (name, server, _) in servers() {
        let db = &server.db;
        let id = account(db, "olena@rada.gov.ua", Office::None);
        let stored = || {
            let credentials = credentials::credentials_of(&mut db.conn().unwrap(), id).unwrap();
            credentials.unwrap().password_hash.unwrap()
        };
        let weak = Params::new(8 * 1024, 1, 1, None).unwrap();
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, weak);
        let weak = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
        db.change(|conn| credentials::rehash(conn, id, stored_password(), &weak)).unwrap();
        assert_eq!(stored(), weak, "{name}");
        let other = Asker::begin(&server, id, now());
        // Who does not know it changes nothing.
        assert!(!signs_in(&server, "olena@rada.gov.ua", "wrong"), "{name}");
        assert_eq!(stored(), weak, "{name}");
        assert!(signs_in(&server, "olena@rada.gov.ua", PASSWORD), "{name}");
        let kept = stored();
        let params = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            (hash.algorithm.to_string(), hash.params.to_string())
        };
        assert_eq!(params(&kept), params(stored_password()), "{name}");
        assert!(password::verify(PASSWORD, Some(&kept)), "{name}");
        // Nothing else has changed: sessions go on, and once is enough.
        assert!(other.is_signed_in(), "{name}");
        assert!(signs_in(&server, "olena@rada.gov.ua", PASSWORD), "{name}");
        assert_eq!(stored(), kept, "{name}");
    }
}

/// CVE-2023-48220 once more: a claim of somebody who never proved the address
/// is seen by nobody, and taken back it is not confirmed by a later letter.
#[test]
fn a_claim_waits_for_its_address_and_not_for_ever() {
    for (name, server, clock) in servers() {
        let db = &server.db;
        let nobody = Asker::nobody(&server);
        let said = [
            ("name", "A"),
            ("email", "late@town.example"),
            ("position", "Head"),
            ("official", "rada@town.example"),
        ];
        assert_eq!(nobody.post("/en/municipalities/swidnik/claim", &said).status, 200, "{name}");
        let link = last_link(&server, "late@town.example").unwrap();
        let officer = account(db, "officer@mosty.org", Office::Officer);
        clock.pass(Duration::days(3));
        assert_over(&server, &link, &[&nobody], name);
        let officer = Asker::begin(&server, officer, clock.now());
        assert_eq!(officer.get("/en/admin/claims/1").status, 404, "{name}");
        let claim =
            claims::load(&mut db.conn().unwrap(), mosty::domain::claim::ClaimId(1)).unwrap();
        assert_eq!(claim.state, mosty::domain::claim::ClaimState::Unconfirmed, "{name}");
        // After thirty days nothing of it is left to confirm.
        clock.pass(Duration::days(28));
        do_chores(&server, &clock);
        nobody.post("/en/password", &[("email", "late@town.example")]);
        do_chores(&server, &clock);
        assert_eq!(last_link(&server, "late@town.example"), None, "{name}");
        let claim =
            claims::load(&mut db.conn().unwrap(), mosty::domain::claim::ClaimId(1)).unwrap();
        assert_eq!(claim.state, mosty::domain::claim::ClaimState::Withdrawn, "{name}");
    }
}
