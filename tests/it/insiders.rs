//! What somebody who was let in may try: to learn more than a session opens,
//! to act for longer than a right lasts, to decide for themselves, to stay
//! behind after being erased.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use mosty::domain::account::{MemberRole, MemberState, Office};
use mosty::domain::claim::{ClaimId, ClaimState};
use mosty::domain::municipality::MunicipalityId;
use mosty::mail::{Step, send_next};
use mosty::storage::{accounts, change, claims, jobs, mails, members, privacy, profiles};

use crate::mail::{Manner, Server};
use crate::people::officer;
use crate::profiles::{entry, member, publish, servers};
use crate::signing_in::{PASSWORD, account, do_chores, letters, link_in};
use crate::support::{Client, MovingClock, TestDb, TestServer, dump, member_number, now};

const CLAIM: &str = "/en/municipalities/novyi-bilous/claim";

#[test]
fn a_session_alone_opens_no_mailbox() {
    for db in TestDb::each() {
        let (name, clock) = (db.name, MovingClock::new());
        let server = TestServer::start_with(db.filled(), clock.clone(), None);
        account(&server, "olena@ukr.net", Office::None, false);
        account(&server, "taken@ukr.net", Office::None, false);
        let mut me = Client::new(&server);
        me.sign_in("olena@ukr.net", PASSWORD);
        let said = [("position", "Head"), ("official", "rada@bilous.gov.ua")];
        me.get(CLAIM).send("/claim", &said).get("/en/claims/1/evidence");
        let (_, fields) = me.form("/evidence");
        let proof = fields[0].1.clone();
        me.post("/en/claims/1/evidence", &[("_form", &proof), ("do", "send")]);
        for wanted in ["free@ukr.net", "taken@ukr.net"] {
            let form = [("email", wanted), ("password", PASSWORD)];
            me.get("/en/account/email").send("/account/email", &form);
        }
        Client::new(&server).get("/en/password").send("/password", &[("email", "olena@ukr.net")]);
        do_chores(&server, &clock);
        let waiting = letters(&server);
        let code = waiting.iter().find(|m| m.topic == "claim-code").expect("a code");
        let code = code.body.split("код: ").nth(1).expect("a code")[..9].to_owned();
        let secret = |m: &&mails::Mail| m.body.contains("/link/");
        let links: Vec<String> = waiting.iter().filter(secret).map(link_in).collect();
        assert_eq!(links.len(), 2, "{name}: one for a new address, one for a new password");

        let data = me.get("/en/account/data").page.body.clone();
        let told = me.page.json()["mails"].to_string();
        assert!(told.contains("\"password\""), "{name}: that it was written is told: {told}");
        assert!(!data.contains(&code), "{name}: the code of another mailbox");
        for link in &links {
            let token = link.rsplit('/').next().unwrap();
            assert!(!data.contains(token), "{name}: a link");
        }
        // Nor whether anybody has an address.
        for wanted in ["free@ukr.net", "taken@ukr.net", "\"purpose\": \"address\""] {
            assert!(!data.contains(wanted), "{name}: {wanted} in {data}");
        }

        // Once they are sent, they are nowhere.
        let post = Server::start(Manner::Takes);
        while send_next(&server.db, &clock, &post.mailer(), "a holder").unwrap() != Step::Nothing {}
        let left = dump(&server.db);
        let kept = |needle: &str| left.iter().any(|(_, value)| value.contains(needle));
        assert!(!kept(&code), "{name}: a code is kept after it was sent");
        for link in &links {
            assert!(!kept(link.rsplit('/').next().unwrap()), "{name}: a link is kept");
        }
        assert!(post.taken().len() >= 5, "{name}: {}", post.taken().len());
    }
}

#[test]
fn an_invitation_gives_no_power_over_whoever_is_invited() {
    for (name, server) in servers() {
        let (mut admin, id) = officer(&server, "admin@mosty.org", Office::Admin);
        let (mut me, _, of) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let path = "/en/municipalities/novyi-bilous/members";
        me.get(path);
        let said = [("do", "invite"), ("name", "X"), ("email", "admin@mosty.org")];
        me.send("/members", &said);
        let of_nobody = [("do", "invite"), ("name", "X"), ("email", "new@ukr.net")];
        me.get(path).send("/members", &of_nobody);
        let copy = me.get("/en/account/data").page.body.clone();
        assert!(!copy.contains("account-created"), "{name}: the copy tells who is new");
        let number = member_number(&server.db, id, of);
        let (_, fields) = me.get(path).form("/members");
        let proof = fields[0].1.clone();
        me.post(path, &[("_form", &proof), ("do", "end"), ("member", &number)]);
        assert_eq!(me.page.status, 200, "{name}: {}", me.text());
        assert!(admin.get("/en/admin/accounts").text().contains("Invite"), "{name}: signed out");
        // Nor does the list tell who has an account.
        me.get(path).send("/members", &said);
        let new = [said[0], said[1], ("email", "nobody@ukr.net")];
        me.get(path).send("/members", &new);
        assert!(!me.page.body.contains("name=\"account\""), "{name}");
        let numbers: Vec<String> = me
            .page
            .body
            .split("name=\"member\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        // One who had an account and one who had none: numbers say nothing.
        let numbers: Vec<i64> = numbers.iter().map(|n| n.parse().unwrap()).collect();
        assert_eq!(numbers[1] + 1, numbers[2], "{name}: {numbers:?}");
    }
}

/// The head of a request and half of its body, so that the rest can come when
/// something has changed.
fn half_sent(server: &TestServer, session: &str, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\ncookie: session={session}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body.as_bytes()[..10]).unwrap();
    // The server knows who it is before the rest arrives.
    std::thread::sleep(Duration::from_millis(300));
    stream
}

fn rest_sent(mut stream: TcpStream, body: &str) -> u16 {
    stream.write_all(&body.as_bytes()[10..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer[9..12].parse().unwrap()
}

#[test]
fn a_right_that_ends_while_a_form_arrives_is_over() {
    for (name, server) in servers() {
        let (mut me, id, of) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let (_, boss, _) = member(&server, "boss@bilous.gov.ua", "novyi-bilous");
        let (mut admin_, admin) = officer(&server, "admin@mosty.org", Office::Admin);
        let proof = |me: &mut Client| me.get("/en/account").form("/sign-out").1[0].1.clone();
        let form = |proof: &str, fields: &[(&str, &str)]| {
            serde_html_form::to_string([&[("_form", proof)], fields].concat()).unwrap()
        };
        let mine = proof(&mut me);
        let session = me.cookie("session").unwrap();
        let of_admin = proof(&mut admin_);
        let session_of_admin = admin_.cookie("session").unwrap();
        let room = form(&mine, &[("version", "0"), ("openness", "open"), ("capacity", "2")]);
        let hide = form(&mine, &[("do", "hide")]);
        let keep = form(&mine, &[("_for", "/en/municipalities/novyi-bilous/profile/room")]);
        let suspend = form(&of_admin, &[("do", "suspend")]);
        let number = member_number(&server.db, boss, of);
        let (mut chief, chief_id, _) = member(&server, "chief@bilous.gov.ua", "novyi-bilous");
        let of_chief = proof(&mut chief);
        let chief_session = chief.cookie("session").unwrap();
        let own_number = member_number(&server.db, chief_id, of);
        let promote = form(&of_chief, &[("do", "promote"), ("member", &own_number)]);
        let demote = form(&of_chief, &[("do", "demote"), ("member", &number)]);
        let at = |end: &str| format!("/en/municipalities/novyi-bilous/{end}");
        let begun = [
            (half_sent(&server, &session, &at("profile/room"), &room), room),
            (half_sent(&server, &session, &at("hiding"), &hide), hide),
            (half_sent(&server, &session, "/en/unsent", &keep), keep),
        ];
        let of_members = at("members");
        let again = half_sent(&server, &chief_session, &of_members, &promote);
        let other_one = half_sent(&server, &chief_session, &of_members, &demote);
        let path = format!("/en/admin/accounts/{}", boss.0);
        let late = half_sent(&server, &session_of_admin, &path, &suspend);
        let mut conn = server.db.conn().unwrap();
        let other = account(&server, "second@mosty.org", Office::Admin, true).0;
        change(&mut conn, |conn| {
            let over = (MemberRole::Signatory, MemberState::Ended);
            members::set(conn, of, id, over, (boss, false), now())?;
            // Demoted, with a session that goes on.
            let editor = (MemberRole::Editor, MemberState::Active);
            members::set(conn, of, chief_id, editor, (boss, false), now())?;
            accounts::set_office(conn, admin, Office::None, None, other, now())
        })
        .unwrap();
        let before = dump(&server.db);
        for (stream, body) in begun {
            assert_eq!(rest_sent(stream, &body), 404, "{name}: {body}");
        }
        assert_eq!(rest_sent(late, &suspend), 404, "{name}: an admin of before");
        assert_eq!(rest_sent(again, &promote), 404, "{name}: signatory again by oneself");
        assert_eq!(rest_sent(other_one, &demote), 404, "{name}: a signatory of before");
        assert_eq!(dump(&server.db), before, "{name}: something was changed");
        assert_eq!(profiles::stated(&mut conn, of).unwrap().version, 0, "{name}");
    }
}

/// Erasing oneself takes nobody else along, whatever one calls oneself.
#[test]
fn erasing_takes_only_what_is_about_the_person() {
    for (name, server) in servers() {
        let (mut mayor, ..) = member(&server, "anna@bilous.gov.ua", "novyi-bilous");
        let contacts = "/en/municipalities/novyi-bilous/profile/contacts";
        let anna = [("contact-name-1", "Anna Mayor"), ("contact-email-1", "anna@bilous.gov.ua")];
        mayor.get(contacts).send("/contacts", &anna);
        let proof = mayor.get("/en/account").form("/sign-out").1[0].1.clone();
        let room = "/en/municipalities/novyi-bilous/profile/in-return";
        let begun =
            [("_form", proof.as_str()), ("_for", room), ("return", "Our foundation by Anna Mayor")];
        mayor.post("/en/unsent", &begun);
        mayor.get("/en/municipalities/novyi-bilous/members");
        let invite = [("do", "invite"), ("name", "X"), ("email", "guest@p.example")];
        mayor.send("/members", &invite);
        // Somebody who was only asked, and somebody unknown, of her name and
        // with her address.
        account_of(&server, "guest@p.example");
        for called in ["Anna Mayor", "ation"] {
            let email = format!("{}@x.example", called.len());
            let (id, _) = account(&server, &email, Office::None, false);
            let mut conn = server.db.conn().unwrap();
            change(&mut conn, |conn| accounts::set_person(conn, id, called, "en")).unwrap();
            let mut me = Client::new(&server);
            me.sign_in(&email, PASSWORD);
            me.get("/en/account/erase").send("/account/erase", &[("password", PASSWORD)]);
        }
        let mut stranger = Client::new(&server);
        let said = [
            ("name", "ation"),
            ("email", "desk@bilous.gov.ua"),
            ("position", "A"),
            ("official", "rada@bilous.gov.ua"),
        ];
        stranger.get("/en/municipalities/chernihiv/claim").send("/claim", &said);
        let desk = [("contact-name-2", "Desk"), ("contact-email-2", "desk@bilous.gov.ua")];
        mayor.get(contacts).send("/contacts", &desk);
        let mut conn = server.db.conn().unwrap();
        let never = accounts::by_email(&mut conn, "desk@bilous.gov.ua").unwrap().unwrap();
        let erased = change(&mut conn, |conn| privacy::erase_unused(conn, never, now())).unwrap();
        assert!(erased, "{name}");
        let all = dump(&server.db);
        let there = |needle: &str| all.iter().any(|(_, value)| value.contains(needle));
        assert!(there("Anna Mayor") && there("desk@bilous.gov.ua"), "{name}: a contact is gone");
        assert!(there("Our+foundation"), "{name}: a form of somebody else is gone");
    }
}

/// An account somebody was invited with, as if they had come.
fn account_of(server: &TestServer, email: &str) {
    let mut conn = server.db.conn().unwrap();
    let id = accounts::by_email(&mut conn, email).unwrap().unwrap();
    change(&mut conn, |conn| accounts::set_person(conn, id, "Anna Mayor", "en")).unwrap();
    change(&mut conn, |conn| privacy::erase(conn, id, id, now())).unwrap();
}

#[test]
fn an_erased_person_is_found_by_name_and_under_old_addresses() {
    for (name, server) in servers() {
        let (mut me, id, of) = member(&server, "erin@p.example", "novyi-bilous");
        let (mut other, ..) = member(&server, "colleague@p.example", "novyi-bilous");
        let own = "Name of erin@p.example";
        let contacts = "/en/municipalities/novyi-bilous/profile/contacts";
        me.get(contacts).send(
            "/contacts",
            &[
                ("contact-name-1", "International desk"),
                ("contact-email-1", "desk@bilous.gov.ua"),
                ("contact-name-2", own),
                ("contact-email-2", "Office@bilous.gov.ua"),
            ],
        );
        let mut stranger = Client::new(&server);
        let missing =
            [("missing-name", "A"), ("missing-country", "B"), ("email", "Erin@P.example")];
        stranger.get("/en/missing").send("/missing", &missing);
        let correction = [("about", "other"), ("value", own), ("source", own), ("message", own)];
        me.get("/en/municipalities/novyi-bilous/correction").send("/correction", &correction);
        // A colleague has a form open, and another begun, that name her.
        other.get(contacts);
        let (action, open) = other.form("/contacts");
        let proof = other.form("/contacts").1[0].1.clone();
        let begun = [("_form", proof.as_str()), ("_for", contacts), ("contact-name-1", own)];
        other.post("/en/unsent", &begun);
        let form = [("email", "erin@new.example"), ("password", PASSWORD)];
        me.get("/en/account/email").send("/account/email", &form);
        let to_new = letters(&server).into_iter().find(|m| m.address == "erin@new.example");
        let link = link_in(&to_new.expect("a letter"));
        me.get(&link).send(&link, &[]);
        // A contact under the old address alone, of somebody else's naming.
        other.get(contacts).send(
            "/contacts",
            &[("contact-name-3", "Deputy"), ("contact-email-3", "ERIN@p.example")],
        );
        me.sign_in("erin@new.example", PASSWORD);
        me.get("/en/account/erase").send("/account/erase", &[("password", PASSWORD)]);
        let found = |needle: &str| -> Vec<String> {
            let all = dump(&server.db).into_iter();
            let hits = all.filter(|(_, value)| value.to_lowercase().contains(needle));
            hits.map(|(column, _)| column).collect()
        };
        for needle in ["name of erin", "erin@", "office@bilous"] {
            assert_eq!(found(needle), Vec::<String>::new(), "{name}: {needle}");
        }
        assert!(!found("desk@bilous").is_empty(), "{name}: a contact that is nobody");
        // The form that was open before does not write her back.
        let fields: Vec<(&str, &str)> = open.iter().map(|(n, v)| (&**n, &**v)).collect();
        other.post(&action, &fields);
        assert_eq!(other.page.status, 409, "{name}");
        assert_eq!(found("erin@").len(), 0, "{name}: written back");
        let state = accounts::load(&mut server.db.conn().unwrap(), id).unwrap();
        assert!(!state.may_edit(of), "{name}");
    }
}

/// The bytes of the file, too: an SQLite file keeps what was deleted until
/// something else is written there.
#[test]
fn an_erased_person_is_in_no_byte_of_the_file() {
    let db = TestDb::sqlite().filled();
    let path = db.whole_url().trim_start_matches("sqlite:").to_owned();
    let server = TestServer::start_with(db, MovingClock::new(), None);
    let (mut me, ..) = member(&server, "byte.by.byte@p.example", "novyi-bilous");
    me.get("/en/account/erase").send("/account/erase", &[("password", PASSWORD)]);
    let mut conn = SqliteConnection::establish(&path).unwrap();
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let bytes = std::fs::read(path).unwrap();
    let there = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    assert!(there(b"novyi-bilous"), "the file was not read");
    assert!(!there(b"byte.by.byte"), "the address is still in the file");
}

#[test]
fn what_few_may_see_moves_nobody_in_a_public_order() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        me.get("/en/municipalities/novyi-bilous/profile/entries");
        me.send("/entries/new", &entry("need", "culture/heritage", "Open"));
        publish_with_language(&mut me, "novyi-bilous");
        let (mut other, ..) = member(&server, "p@swidnik.pl", "swidnik");
        other.get("/en/municipalities/swidnik/profile/entries");
        other.send("/entries/new", &entry("offer", "culture/heritage", "Open"));
        publish_with_language(&mut other, "swidnik");
        let first = || {
            let list = server.get("/api/v1/municipalities?sort=changed&limit=1").json();
            list["items"][0]["slug"].as_str().unwrap().to_owned()
        };
        let csv = || server.get("/api/v1/municipalities.csv?q=bilous").body;
        let counts = || server.get("/api/v1/areas").body;
        std::thread::sleep(Duration::from_millis(1_100));
        assert_eq!(first(), "swidnik", "{name}");
        let (file, areas) = (csv(), counts());
        let narrow = [&entry("need", "energy/backup", "Secret")[..], &[("audience", "verified")]];
        me.get("/en/municipalities/novyi-bilous/profile/entries");
        me.send("/entries/new", &narrow.concat());
        let contact = [("contact-name-2", "A"), ("contact-email-2", "a@bilous.gov.ua")];
        me.get("/en/municipalities/novyi-bilous/profile/contacts").send("/contacts", &contact);
        std::thread::sleep(Duration::from_millis(1_100));
        assert_eq!(first(), "swidnik", "{name}: an entry for few shows in the order");
        assert_eq!((csv(), counts()), (file, areas), "{name}");
        me.get("/en/municipalities/novyi-bilous/hiding").send("/hiding", &[]);
        std::thread::sleep(Duration::from_millis(1_100));
        assert_eq!(first(), "swidnik", "{name}: hiding shows in the order");
    }
}

fn publish_with_language(me: &mut Client, slug: &str) {
    let languages = format!("/en/municipalities/{slug}/profile/languages");
    me.get(&languages).send("/languages", &[("speaks-1", "en")]);
    let other = ("offer", "need");
    for direction in [other.0, other.1] {
        me.get(&format!("/en/municipalities/{slug}/profile/entries"));
        me.send("/entries/new", &entry(direction, "culture/libraries", ""));
    }
    publish(me, slug);
}

#[test]
fn two_officers_are_two_and_still_officers() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let (mut admin, admin_id) = officer(&server, "admin@mosty.org", Office::Admin);
        let (mut first, a) = officer(&server, "a@mosty.org", Office::Officer);
        let (mut second, _) = officer(&server, "b@mosty.org", Office::Officer);
        let hiding = "/en/municipalities/novyi-bilous/hiding";
        let is_hidden = |me: &mut Client| me.get(hiding).text().contains("Hidden since");
        me.get(hiding).send("/hiding", &[]);
        first.get(hiding).send("/hiding", &[]);
        // Who agreed first is an officer no longer: that was no agreement.
        let mut conn = server.db.conn().unwrap();
        change(&mut conn, |conn| {
            accounts::set_office(conn, a, Office::None, None, admin_id, now())
        })
        .unwrap();
        second.get(hiding).send("/hiding", &[]);
        assert!(is_hidden(&mut admin), "{name}: one officer showed it");
        // Whoever hides it again takes back what was agreed.
        me.sign_in("o@bilous.gov.ua", PASSWORD);
        let proof = me.get("/en/account").form("/sign-out").1[0].1.clone();
        me.post(hiding, &[("_form", &proof), ("do", "hide")]);
        admin.get(hiding).send("/hiding", &[]);
        assert!(is_hidden(&mut second), "{name}: an agreement from before");
        second.get(hiding).send("/hiding", &[]);
        assert!(!is_hidden(&mut admin), "{name}: two agreed");
        // Nor does it count of whom looks after other countries by now.
        let proof = me.sign_in("o@bilous.gov.ua", PASSWORD).get("/en/account");
        let proof = proof.form("/sign-out").1[0].1.clone();
        me.post(hiding, &[("_form", &proof), ("do", "hide")]);
        let (mut third, c) = officer(&server, "c@mosty.org", Office::Officer);
        third.get(hiding).send("/hiding", &[]);
        change(&mut conn, |conn| {
            let kind = mosty::domain::account::OrganisationKind::Association;
            let poland = "PL".parse().unwrap();
            let of = mosty::storage::organisations::add(conn, kind, "Związek", &[poland])?;
            accounts::set_office(conn, c, Office::Officer, Some(of), admin_id, now())
        })
        .unwrap();
        second.get(hiding).send("/hiding", &[]);
        assert!(is_hidden(&mut admin), "{name}: an officer for another country agreed");
    }
}

#[test]
fn nobody_decides_on_what_they_asked_for() {
    for (name, server) in servers() {
        let (mut desk, _) = officer(&server, "officer@mosty.org", Office::Officer);
        let (mut other, _) = officer(&server, "other@mosty.org", Office::Officer);
        let asked = [("about", "population"), ("value", "7"), ("year", "2025"), ("source", "me")];
        desk.get("/en/municipalities/novyi-bilous/correction").send("/correction", &asked);
        let proof = desk.get("/en/account").form("/sign-out").1[0].1.clone();
        let accept = [("_form", proof.as_str()), ("do", "accept")];
        desk.post("/en/admin/requests/1", &accept);
        assert_eq!(desk.page.status, 404, "{name}: {}", desk.text());
        other.get("/en/admin/requests/1").send("/admin/requests/1", &[("do", "accept")]);
        let shown = server.get("/api/v1/municipalities/novyi-bilous").json();
        assert_eq!(shown["population"]["value"], 7, "{name}: {shown}");
    }
}

#[test]
fn a_letter_speaks_for_the_claim_it_is_about_and_no_more_than_three_come_a_day() {
    for (name, server) in servers() {
        let mut stranger = Client::new(&server);
        let said = [
            ("name", "URGENT, see https://evil.example"),
            ("email", "victim@ukr.net"),
            ("position", "I am the mayor"),
            ("official", "rada@bilous.gov.ua"),
        ];
        stranger.get(CLAIM).send("/claim", &said);
        let first = letters(&server).remove(0);
        assert!(!first.body.contains("evil.example"), "{name}: words of anybody in a letter");
        // The person is invited elsewhere, and comes by that letter.
        let (mut head, ..) = member(&server, "p@swidnik.pl", "swidnik");
        head.get("/en/municipalities/swidnik/members");
        let invite = [("do", "invite"), ("name", "Real Name"), ("email", "victim@ukr.net")];
        head.send("/members", &invite);
        let link = link_in(&letters(&server)[0]);
        let mut victim = Client::new(&server);
        victim.get(&link).send(&link, &[("password", PASSWORD)]);
        let mut conn = server.db.conn().unwrap();
        let state = |conn: &mut _| claims::load(conn, ClaimId(1)).unwrap().state;
        assert_eq!(state(&mut conn), ClaimState::Unconfirmed, "{name}: a claim of somebody else");
        victim.sign_in("victim@ukr.net", PASSWORD).get("/en/claims/1");
        victim.send("/claims/1", &[("action", "confirm")]);
        assert_eq!(state(&mut conn), ClaimState::Submitted, "{name}: said by themselves");

        let before = letters(&server).len();
        for _ in 0..6 {
            stranger.get("/en/municipalities/chernihiv/claim").send("/claim", &said);
            assert_eq!(stranger.page.status, 200, "{name}: the answer tells");
        }
        assert_eq!(letters(&server).len() - before, 2, "{name}: three a day, one was sent");
    }
}

#[test]
fn news_about_somebody_who_has_hidden_since_is_not_sent() {
    for (name, server) in servers() {
        let (mut me, ..) = member(&server, "o@bilous.gov.ua", "novyi-bilous");
        let (_, reader, of) = member(&server, "p@swidnik.pl", "swidnik");
        let (_, elsewhere, there) = member(&server, "x@chernihiv.gov.ua", "chernihiv");
        let mut conn = server.db.conn().unwrap();
        let mut written = |account, about: MunicipalityId, n: i64| {
            let mail = mails::Mail {
                account: Some(account),
                topic: "digest".into(),
                address: "p@swidnik.pl".into(),
                language: "en".into(),
                subject: "News".into(),
                body: "Novobilouska hromada".into(),
                html: String::new(),
                message_id: format!("{n}@test"),
                unsubscribe: "https://mosty.example/stop".into(),
                secret: false,
                about: Some(about),
            };
            change(&mut conn, |conn| mails::add(conn, &mail, now())).unwrap()
        };
        let news = written(reader, of, 1);
        // What is about another municipality outlives the end of one.
        let of_other = written(elsewhere, of, 2);
        let (mine, old) = (written(elsewhere, there, 3), written(elsewhere, MunicipalityId(1), 4));
        let mut conn = server.db.conn().unwrap();
        let mut is_sent = |id| mails::unsent(&mut conn, id).unwrap().is_some();
        assert!(is_sent(news) && is_sent(mine), "{name}");
        assert!(!is_sent(of_other) && !is_sent(old), "{name}: news of where nobody is member");
        me.get("/en/municipalities/novyi-bilous/hiding").send("/hiding", &[]);
        assert!(!is_sent(news), "{name}: sent after everything was hidden");
    }
}

#[test]
fn regular_work_is_there_once_however_many_begin() {
    for db in TestDb::each() {
        std::thread::scope(|scope| {
            for _ in 0..8 {
                let db = &db.db;
                scope.spawn(move || {
                    let mut conn = db.conn().unwrap();
                    jobs::add_once(&mut conn, mosty::jobs::WEEKLY, now()).unwrap();
                });
            }
        });
        let kinds =
            dump(&db.db).into_iter().filter(|(c, v)| c == "jobs.kind" && v == "weekly-letters");
        assert_eq!(kinds.count(), 1, "{}", db.name);
    }
}

/// However often somebody tries from one address, whoever has the password
/// gets in from another.
#[test]
fn nobody_keeps_somebody_else_out() {
    for db in TestDb::each() {
        let name = db.name;
        let server = TestServer::start_behind_proxy(db.filled(), MovingClock::new());
        account(&server, "olena@ukr.net", Office::None, false);
        let mut page = Client::new(&server);
        page.get("/en/sign-in");
        let cookie = format!("form={}", page.cookie("form").unwrap());
        let proof = page.form("/sign-in").1.into_iter().find(|(n, _)| n == "_form").unwrap().1;
        let sign_in = |password: &str, from: &str| {
            let fields = [("_form", &*proof), ("email", "olena@ukr.net"), ("password", password)];
            let body = serde_html_form::to_string(fields).unwrap();
            let headers = [("cookie", &*cookie), ("x-forwarded-for", from)];
            crate::support::post(&format!("{}/en/sign-in", server.url), &headers, &body).status
        };
        let tried: Vec<u16> = (0..120).map(|_| sign_in("wrong", "192.0.2.1")).collect();
        assert_eq!(tried.iter().filter(|s| **s == 422).count(), 10, "{name}: {tried:?}");
        assert_eq!(sign_in(PASSWORD, "192.0.2.1"), 429, "{name}");
        assert_eq!(sign_in(PASSWORD, "192.0.2.2"), 303, "{name}: the owner was kept out");
    }
}
