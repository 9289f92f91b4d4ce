//! Accounts over real HTTP: invitations, passwords, the second factor, links,
//! sessions, and who is let through to what.

use std::sync::Arc;

use chrono::Duration;
use mosty::auth::token::Token;
use mosty::auth::{password, totp};
use mosty::domain::account::{
    Access, AccountId, MemberRole, MemberState, Membership, Office, Person,
};
use mosty::domain::area::SubArea;
use mosty::domain::audience::{Audience, Direction};
use mosty::domain::claim::{ClaimState, ClaimText};
use mosty::domain::municipality::MunicipalityId;
use mosty::domain::profile::{Entry, Level, Profile};
use mosty::domain::request::{NewRequest, RequestKind};
use mosty::domain::time::Clock;
use mosty::jobs;
use mosty::mail::Site;
use mosty::media::MediaKind;
use mosty::snapshot::Live;
use mosty::storage::credentials;
use mosty::storage::memberships;
use mosty::storage::sessions::{Link, Purpose};
use mosty::storage::{accounts, change, claims, evidence, mails, profiles, requests, sessions};
use mosty::web::RouteRow;

use crate::support::{Client, MovingClock, TestDb, TestServer, get, now, post};

pub const PASSWORD: &str = "чотири коні біля ставу";

type Anyhow = anyhow::Error;

/// An account with a password, and a second factor if it is asked for: the
/// secret is given back.
pub fn account(
    server: &TestServer,
    email: &str,
    office: Office,
    factor: bool,
) -> (AccountId, String) {
    let person =
        Person { name: format!("Name of {email}"), email: email.into(), language: "en".into() };
    let secret = totp::new_secret().unwrap();
    let mut conn = server.db.conn().unwrap();
    let id = change(&mut conn, |conn| -> Result<AccountId, Anyhow> {
        let id = accounts::create(conn, &person, office, None, now())?;
        credentials::set_password(conn, id, &password::hash(PASSWORD)?, None, now())?;
        if factor {
            let codes = [totp::recovery_hash("aaaa-bbbb-cccc-dddd")];
            credentials::set_second_factor(conn, id, Some((&secret, 0, &codes)), None, now())?;
        }
        Ok(id)
    })
    .unwrap();
    (id, secret)
}

fn servers() -> Vec<(&'static str, TestServer, MovingClock)> {
    TestDb::each()
        .into_iter()
        .map(|db| {
            let (name, clock) = (db.name, MovingClock::new());
            (name, TestServer::start_with(db.filled(), clock.clone(), None), clock)
        })
        .collect()
}

#[test]
fn an_invited_admin_sets_a_password_and_a_second_factor_and_signs_in_with_both() {
    for (name, server, clock) in servers() {
        let token = Token::new().unwrap();
        let person =
            Person { name: "Admin".into(), email: "admin@mosty.org".into(), language: "en".into() };
        let mut conn = server.db.conn().unwrap();
        change(&mut conn, |conn| -> Result<(), Anyhow> {
            let account = accounts::create(conn, &person, Office::Admin, None, now())?;
            let link = Link { purpose: Purpose::Invitation, account, payload: String::new() };
            Ok(sessions::add_link(conn, &token.hash(), &link, now() + Duration::days(3))?)
        })
        .unwrap();
        drop(conn);
        let path = format!("/en/link/{}", token.as_str());
        let mut me = Client::new(&server);
        // Looking at the link twice uses nothing up, and tells no other site.
        assert_eq!(me.get(&path).get(&path).page.status, 200, "{name}");
        assert_eq!(me.page.header("referrer-policy"), "no-referrer");
        me.send(&path, &[("password", "too short")]);
        assert_eq!(me.page.status, 422);
        assert!(me.text().contains("Use at least 15 characters"), "{}", me.text());
        me.send(&path, &[("password", PASSWORD)]);
        assert!(me.text().contains("The password is set"), "{name}: {}", me.text());
        assert_eq!(me.get(&path).page.status, 404, "the link worked twice");

        me.sign_in("ADMIN@mosty.org", PASSWORD);
        // Nothing but the second factor is there for an admin without one.
        assert!(me.text().contains("Officers and administrators need a second factor"));
        let (_, fields) = me.form("/account/second-factor");
        let secret = fields.iter().find(|(n, _)| n == "secret").unwrap().1.clone();
        let code = totp::code_at(&secret, clock.now()).unwrap();
        me.send("/account/second-factor", &[("code", "000000"), ("password", PASSWORD)]);
        assert!(me.text().contains("That code is wrong"));
        me.send("/account/second-factor", &[("code", &code), ("password", PASSWORD)]);
        let codes = me.page.texts(".codes code");
        assert_eq!(codes.len(), 10, "{name}: {}", me.text());

        me.get("/en/account").send("/sign-out", &[]);
        assert!(me.cookie("session").is_none());
        me.sign_in("admin@mosty.org", PASSWORD);
        assert!(me.text().contains("Your code"));
        // Half a sign-in opens nothing.
        let mut half = Client::new(&server);
        half.set_cookie("session", &me.cookie("session").unwrap());
        assert!(half.get("/en/account").text().contains("Sign in"));
        me.send("/sign-in/code", &[("code", &code)]);
        assert!(me.text().contains("used already"), "{name}: a code counted twice");
        clock.pass(Duration::seconds(60));
        let code = totp::code_at(&secret, clock.now()).unwrap();
        let before = me.cookie("session");
        me.send("/sign-in/code", &[("code", &code)]);
        assert!(me.text().contains("Your account"), "{name}: {}", me.text());
        assert_ne!(me.cookie("session"), before, "the token is the same after the code");
        assert_eq!(me.page.header("cache-control"), "no-store");

        // A recovery code works, once.
        me.send("/sign-out", &[]);
        for (again, expected) in [(false, "Your account"), (true, "used already")] {
            me.sign_in("admin@mosty.org", PASSWORD).send("/sign-in/code", &[("code", &codes[0])]);
            assert!(me.text().contains(expected), "{name} {again}: {}", me.text());
            if !again {
                me.send("/sign-out", &[]);
            }
        }
    }
}

#[test]
fn known_and_unknown_addresses_get_the_same_answers_and_tries_run_out() {
    for (name, server, clock) in servers() {
        account(&server, "olena@rada.gov.ua", Office::None, false);
        let answers: Vec<(u16, usize)> = ["olena@rada.gov.ua", "nobody@rada.gov.ua"]
            .iter()
            .map(|email| {
                let mut me = Client::new(&server);
                me.sign_in(email, "not the password");
                (me.page.status, me.page.body.replace(email, "").len())
            })
            .collect();
        assert_eq!(answers[0].0, 422);
        assert_eq!(answers[0].0, answers[1].0, "{name}");
        // The value that forms carry is as long for everybody.
        assert_eq!(answers[0].1, answers[1].1, "{name}");
        let asked: Vec<(u16, String)> = ["olena@rada.gov.ua", "nobody@rada.gov.ua"]
            .iter()
            .map(|email| {
                let mut me = Client::new(&server);
                me.get("/en/password").send("/password", &[("email", email)]);
                (me.page.status, me.text())
            })
            .collect();
        assert_eq!(asked[0], asked[1], "{name}");

        let mut me = Client::new(&server);
        for _ in 0..9 {
            me.sign_in("olena@rada.gov.ua", "not the password");
        }
        me.sign_in("olena@rada.gov.ua", PASSWORD);
        assert_eq!(me.page.status, 429, "{name}: the eleventh try is let through");
        assert!(me.page.header("retry-after").parse::<i64>().unwrap() > 800);
        assert!(me.text().contains("Too many attempts"));
        clock.pass(Duration::minutes(16));
        assert!(me.sign_in("olena@rada.gov.ua", PASSWORD).text().contains("Your account"));
    }
}

#[test]
fn codes_are_not_to_be_guessed() {
    for (name, server, _) in servers() {
        account(&server, "officer@mosty.org", Office::Officer, true);
        let mut me = Client::new(&server);
        me.sign_in("officer@mosty.org", PASSWORD);
        for i in 0..6 {
            me.send("/sign-in/code", &[("code", &format!("00000{i}"))]);
            assert_eq!(me.page.status, 422, "{name}");
        }
        let (action, fields) = me.form("/sign-in/code");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        me.post(&action, &[("_form", &proof), ("code", "aaaa-bbbb-cccc-dddd")]);
        assert_eq!(me.page.status, 429, "{name}: a seventh try");
        // Signing in anew gives no new tries.
        me.sign_in("officer@mosty.org", PASSWORD);
        me.send("/sign-in/code", &[("code", "aaaa-bbbb-cccc-dddd")]);
        assert_eq!(me.page.status, 429, "{name}");
    }
}

/// The links in the letters that wait, the last first.
pub fn letters(server: &TestServer) -> Vec<mails::Mail> {
    let mut conn = server.db.conn().unwrap();
    (1..100).rev().filter_map(|id| mails::unsent(&mut conn, id).unwrap()).collect()
}

pub fn link_in(mail: &mails::Mail) -> String {
    let line = mail.body.lines().find(|l| l.contains("/link/")).unwrap();
    line[line.find("/en/link").or(line.find("/uk/link")).unwrap()..].to_owned()
}

pub fn do_chores(server: &TestServer, clock: &MovingClock) {
    let site = Site { address: server.url.clone() };
    let weights = mosty::matching::Weights::shipped().unwrap();
    let live = Live::open(server.db.clone(), Arc::new(clock.clone()), weights).unwrap();
    while jobs::do_next(&live, &site, "test").unwrap() {}
    // Another worker may be about it.
    let due = format!(
        "SELECT kind AS text FROM jobs WHERE kind <> 'mail' AND run_at <= '{}'",
        clock.now()
    );
    for _ in 0..200 {
        if crate::support::rows(&server.db, &due, &due).is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the letters were never written");
}

#[test]
fn a_new_password_comes_by_letter_ends_sessions_and_does_not_skip_the_second_factor() {
    for (name, server, clock) in servers() {
        account(&server, "olena@rada.gov.ua", Office::None, true);
        let mut old = Client::new(&server);
        old.sign_in("olena@rada.gov.ua", PASSWORD)
            .send("/sign-in/code", &[("code", "aaaa-bbbb-cccc-dddd")]);
        assert!(old.text().contains("Your account"), "{name}: {}", old.text());

        // What a request says of its host is nothing to a letter.
        let mut me = Client::new(&server);
        let (action, fields) = me.get("/en/password").form("/password");
        let proof = &fields.iter().find(|(n, _)| n == "_form").unwrap().1;
        let cookie = format!("form={}", me.cookie("form").unwrap());
        let body =
            serde_html_form::to_string([("_form", proof.as_str()), ("email", "OLENA@rada.gov.ua")]);
        let sent = post(
            &format!("{}{action}", server.url),
            &[("cookie", &cookie), ("host", "evil.example"), ("x-forwarded-host", "evil.example")],
            &body.unwrap(),
        );
        assert_eq!(sent.status, 200);
        do_chores(&server, &clock);
        let letter = letters(&server).remove(0);
        assert_eq!(letter.address, "olena@rada.gov.ua");
        // Whichever worker has written it: the server's own says `localhost`.
        let port = format!(":{}/", server.url.rsplit(':').next().unwrap());
        assert!(
            letter.body.contains(&port) && !letter.body.contains("evil"),
            "{name}: {}",
            letter.body
        );
        let link = link_in(&letter);

        // Of many at once one follows it.
        me.get(&link);
        let (action, fields) = me.form(&link);
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        let cookie = format!("form={}", me.cookie("form").unwrap());
        let done: Vec<u16> = std::thread::scope(|scope| {
            let each: Vec<_> = (0..6)
                .map(|i| {
                    let (proof, cookie) = (proof.clone(), cookie.clone());
                    let url = format!("{}{action}", server.url);
                    scope.spawn(move || {
                        let new = format!("a new password of number {i}");
                        let fields = [("_form", proof.as_str()), ("password", new.as_str())];
                        let body = serde_html_form::to_string(fields).unwrap();
                        post(&url, &[("cookie", &cookie)], &body).status
                    })
                })
                .collect();
            each.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(done.iter().filter(|s| **s == 303).count(), 1, "{name}: {done:?}");
        assert_eq!(done.iter().filter(|s| **s == 404).count(), 5, "{name}: {done:?}");
        let new =
            format!("a new password of number {}", done.iter().position(|s| *s == 303).unwrap());

        assert!(old.get("/en/account").text().contains("Sign in"), "{name}: an old session lives");
        assert_eq!(me.sign_in("olena@rada.gov.ua", PASSWORD).page.status, 422);
        me.sign_in("olena@rada.gov.ua", &new);
        assert!(me.text().contains("Your code"), "{name}: the factor was skipped");

        // Time is over after an hour.
        me.get("/en/password").send("/password", &[("email", "olena@rada.gov.ua")]);
        do_chores(&server, &clock);
        let link = link_in(&letters(&server)[0]);
        clock.pass(Duration::minutes(61));
        assert_eq!(me.get(&link).page.status, 404, "{name}");
    }
}

#[test]
fn what_was_written_when_the_session_ended_comes_back_after_signing_in() {
    for (name, server, _) in servers() {
        let (id, _) = account(&server, "olena@rada.gov.ua", Office::None, false);
        let mut me = Client::new(&server);
        me.sign_in("olena@rada.gov.ua", PASSWORD);
        let mut conn = server.db.conn().unwrap();
        sessions::end_sessions(&mut conn, id, None).unwrap();
        let written = "Олена & «Коваль» <b>+=%";
        me.send("/account", &[("name", written)]);
        assert_eq!(me.page.status, 401, "{name}");
        assert!(me.text().contains("What you wrote is kept"), "{}", me.text());
        me.send("/sign-in", &[("email", "olena@rada.gov.ua"), ("password", "wrong")]);
        me.send("/sign-in", &[("email", "olena@rada.gov.ua"), ("password", PASSWORD)]);
        assert!(me.text().contains(written), "{name}: {}", me.text());
        me.send("/account", &[]);
        assert!(me.text().contains("Saved."), "{name}: {}", me.text());
        assert_eq!(accounts::person(&mut conn, id).unwrap().unwrap().name, written);

        // The same when somebody signed in anew in another window meanwhile.
        let (action, mut fields) = me.form("/account");
        me.get("/en/account").send("/sign-out", &[]);
        me.sign_in("olena@rada.gov.ua", PASSWORD);
        fields.retain(|(n, _)| n != "name");
        fields.push(("name".into(), "Another name".into()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        me.post(&action, &fields);
        assert_eq!(me.page.status, 403, "{name}");
        assert!(me.text().contains("Another name") && me.text().contains("Nothing is lost"));
        me.send("/account", &[]);
        assert_eq!(accounts::person(&mut conn, id).unwrap().unwrap().name, "Another name");
    }
}

#[test]
fn changing_what_an_account_is_proven_by_asks_for_the_password_and_ends_other_sessions() {
    for (name, server, _) in servers() {
        account(&server, "olena@rada.gov.ua", Office::None, false);
        account(&server, "other@rada.gov.ua", Office::None, false);
        let (mut here, mut there) = (Client::new(&server), Client::new(&server));
        here.sign_in("olena@rada.gov.ua", PASSWORD);
        there.sign_in("olena@rada.gov.ua", PASSWORD);
        assert_eq!(there.page.texts("#se ~ ul li").len(), 2, "{name}");

        let new = [("new-password", "another sentence to know")];
        here.get("/en/account/password").send("/account/password", &new);
        assert_eq!(here.page.status, 422, "{name}: no present password was asked");
        let both = [new[0], ("password", PASSWORD)];
        here.send("/account/password", &both);
        assert!(here.text().contains("The password is changed"), "{name}: {}", here.text());
        assert!(there.get("/en/account").text().contains("Sign in"), "{name}: a session lives");
        assert!(letters(&server)[0].subject.contains("password was changed"));

        // A new address counts only when a letter there was read.
        let wanted = [("email", "olena@new.example"), ("password", "another sentence to know")];
        here.get("/en/account/email").send("/account/email", &wanted);
        assert!(here.text().contains("on its way"), "{name}: {}", here.text());
        let letters_now = letters(&server);
        assert_eq!(letters_now[0].address, "olena@rada.gov.ua", "the old address is not told");
        assert_eq!(letters_now[1].address, "olena@new.example");
        let mut link = Client::new(&server);
        let path = link_in(&letters_now[1]);
        link.get(&path).send(&path, &[]);
        assert_eq!(here.sign_in("olena@rada.gov.ua", new[0].1).page.status, 422, "{name}");
        here.sign_in("olena@new.example", new[0].1);
        assert!(here.text().contains("Your account"), "{name}: {}", here.text());

        // An address that somebody has is not told to be one, and not taken.
        let taken = [("email", "other@rada.gov.ua"), ("password", new[0].1)];
        here.get("/en/account/email").send("/account/email", &taken);
        assert!(here.text().contains("on its way"), "{name}");
        assert!(letters(&server)[0].address == "olena@new.example", "{name}");

        // Nobody ends the sessions of others.
        let mut other = Client::new(&server);
        other.sign_in("other@rada.gov.ua", PASSWORD);
        let mut conn = server.db.conn().unwrap();
        let olena = accounts::by_email(&mut conn, "olena@new.example").unwrap().unwrap();
        let theirs = sessions::of(&mut conn, olena).unwrap();
        let (action, fields) = other.form("/sign-out");
        let proof = &fields[0].1;
        let id = theirs[0].id.to_string();
        other.post(
            &action.replace("sign-out", "account/sessions"),
            &[("_form", proof), ("session", &id)],
        );
        assert_eq!(other.page.status, 404, "{name}");
        assert!(here.get("/en/account").text().contains("Your account"), "{name}");
    }
}

/// Who may come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Nobody,
    OwingACode,
    Member,
    /// Of another municipality.
    Neighbour,
    BareOfficer,
    Officer,
    Admin,
}

impl Role {
    const ALL: [Role; 7] = [
        Role::Nobody,
        Role::OwingACode,
        Role::Member,
        Role::Neighbour,
        Role::BareOfficer,
        Role::Officer,
        Role::Admin,
    ];

    fn may(self, access: Access) -> bool {
        match access {
            Access::Anyone => true,
            Access::Account => !matches!(self, Role::Nobody | Role::OwingACode),
            Access::SignedIn => {
                matches!(self, Role::Member | Role::Neighbour | Role::Officer | Role::Admin)
            }
            Access::Officer => matches!(self, Role::Officer | Role::Admin),
            Access::Admin => self == Role::Admin,
        }
    }
}

/// Whose something is that only somebody signed in reaches.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    /// Nobody's: the right to the address is enough.
    Nobodys,
    /// The municipality's members, or whoever made the claim.
    Theirs,
    /// The same, and officers.
    TheirsAndOfficers,
}

impl Owner {
    fn is(self, role: Role) -> bool {
        match self {
            Owner::Nobodys => true,
            Owner::Theirs => role == Role::Member,
            Owner::TheirsAndOfficers => {
                matches!(role, Role::Member | Role::Officer | Role::Admin)
            }
        }
    }
}

/// Whose what is at an address. An address about one thing that is not here
/// fails the test: somebody has to say whose it is.
fn owner(access: Access, address: &str) -> Owner {
    let about_one = address.contains("{slug}") || address.contains("{id}");
    let is_for_all = matches!(access, Access::Anyone | Access::Officer | Access::Admin);
    let ends = |end: &str| address.ends_with(end);
    match () {
        () if is_for_all || !about_one => Owner::Nobodys,
        () if address.contains("{slug}/profile") || ends("}/claims/{id}") => Owner::Theirs,
        () if ends("/claims/{id}/evidence") => Owner::Theirs,
        () if ends("/files/{file}") => Owner::TheirsAndOfficers,
        () if ends("/members") || ends("/hiding") || ends("/history") => Owner::TheirsAndOfficers,
        () => panic!("whose is {address}?"),
    }
}

/// Every row of the table of addresses, as everybody.
#[test]
fn every_address_lets_through_whom_it_is_for_and_nobody_else() {
    let server = TestServer::start_with(TestDb::sqlite().filled(), MovingClock::new(), None);
    let mut browsers = Vec::new();
    for role in Role::ALL {
        let email = format!("{role:?}@mosty.org").to_lowercase();
        let (office, factor) = match role {
            Role::Nobody | Role::Member | Role::Neighbour => (Office::None, false),
            Role::OwingACode => (Office::Admin, true),
            Role::BareOfficer => (Office::Officer, false),
            Role::Officer => (Office::Officer, true),
            Role::Admin => (Office::Admin, true),
        };
        let (id, _) = account(&server, &email, office, factor);
        let mut me = Client::new(&server);
        if role != Role::Nobody {
            me.sign_in(&email, PASSWORD);
        }
        if matches!(role, Role::Officer | Role::Admin) {
            me.send("/sign-in/code", &[("code", "aaaa-bbbb-cccc-dddd")]);
        }
        if role == Role::Member {
            let mut conn = server.db.conn().unwrap();
            let membership = Membership {
                municipality: MunicipalityId(1),
                role: MemberRole::Signatory,
                state: MemberState::Active,
            };
            memberships::set_membership(&mut conn, id, membership, None, now()).unwrap();
            let (municipality, text) = (MunicipalityId(2), ClaimText::default());
            change(&mut conn, |conn| -> Result<(), Anyhow> {
                let state = ClaimState::Submitted;
                let claim = claims::create(conn, municipality, id, &text, state, now())?;
                let file = ("decision.pdf", MediaKind::Pdf, b"%PDF-".as_slice());
                evidence::add_file(conn, claim, id, file, now())?;
                let entry = Entry {
                    direction: Direction::Need,
                    subarea: SubArea::parse("culture/heritage").unwrap(),
                    rank: 1,
                    level: Level::lowest(),
                    audience: Audience::Public,
                    expires_on: now().date(),
                    statements: Vec::new(),
                };
                let stated = Profile { entries: vec![entry], ..Profile::default() };
                profiles::put(conn, MunicipalityId(1), &stated)?;
                Ok(())
            })
            .unwrap();
        }
        if role == Role::Neighbour {
            let mut conn = server.db.conn().unwrap();
            let membership = Membership {
                municipality: MunicipalityId(2),
                role: MemberRole::Signatory,
                state: MemberState::Active,
            };
            memberships::set_membership(&mut conn, id, membership, None, now()).unwrap();
        }
        browsers.push((role, me));
    }
    let asked = NewRequest {
        kind: RequestKind::Missing,
        municipality: None,
        account: None,
        email: String::new(),
        language: "en".to_owned(),
        value: "A".to_owned(),
        country: "B".to_owned(),
        year: None,
        source: String::new(),
        message: String::new(),
    };
    let mut conn = server.db.conn().unwrap();
    change(&mut conn, |conn| requests::create(conn, &asked, now())).unwrap();
    drop(conn);
    let table = mosty::web::table();
    let mut refused = 0;
    for RouteRow { access, method, address } in table {
        let path = address
            .replace("{lang:en|uk}", "en")
            .replace("{slug}", "novyi-bilous")
            .replace("{partner}", "swidnik")
            .replace("{name}", "none")
            .replace("{token}", "none")
            .replace("{key}", "none")
            .replace("{topic}", "digest")
            .replace("{number}", "1")
            .replace("{file}", "1")
            .replace("{id}", "1");
        for (role, me) in &browsers {
            let cookie = me
                .cookie("session")
                .map_or_else(String::new, |session| format!("session={session}"));
            let headers = [("cookie", cookie.as_str())];
            let url = format!("{}{path}", server.url);
            let answer = match method {
                "GET" => get(&url, &headers),
                _ => post(&url, &headers, "a=b"),
            };
            let to = answer.header("location");
            // What is one account's is nobody else's; a form without proof is
            // refused before anybody asks whose it is.
            let owns = method == "POST" || owner(access, address).is(*role);
            let kept_out = answer.status == 401
                || to.contains("/sign-in?to=")
                || (to.ends_with("/account/second-factor") && access != Access::Anyone)
                || (answer.status == 404 && !matches!(access, Access::Anyone));
            assert_eq!(
                kept_out,
                !(role.may(access) && owns),
                "{method} {path} as {role:?}: {} {to}",
                answer.status
            );
            refused += usize::from(kept_out);
            // No form is taken that no page of this site made for this visitor.
            // The key in an address of a letter is the right to it.
            let open = path == "/theme" || path.contains("/unsubscribe/");
            if method == "POST" && role.may(access) && !open {
                assert_eq!(answer.status, 403, "{path} as {role:?} takes any form");
            }
        }
    }
    assert!(refused > 20, "only {refused} were refused");
}
