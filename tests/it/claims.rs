//! Claims: a stranger says that they speak for a municipality, and an officer
//! decides.

use std::time::{Duration, Instant};

use mosty::domain::account::Office;
use mosty::domain::claim::{ClaimAction, ClaimActor, ClaimId, ClaimState, ClaimText};
use mosty::domain::event::Subject;
use mosty::domain::municipality::MunicipalityId;
use mosty::storage::{StorageError, accounts, change, claims, events};

use crate::signing_in::{PASSWORD, account, letters, link_in};
use crate::support::{Client, MovingClock, TestDb, TestServer, now};

fn servers() -> Vec<(&'static str, TestServer)> {
    TestDb::each()
        .into_iter()
        .map(|db| (db.name, TestServer::start_with(db.filled(), MovingClock::new(), None)))
        .collect()
}

fn officer(server: &TestServer, email: &str) -> Client {
    account(server, email, Office::Officer, true);
    let mut me = Client::new(server);
    me.sign_in(email, PASSWORD).send("/sign-in/code", &[("code", "aaaa-bbbb-cccc-dddd")]);
    assert!(me.text().contains("Your account"), "{}", me.text());
    me
}

const CLAIM: &str = "/municipalities/novyi-bilous/claim";

const SAID: [(&str, &str); 4] = [
    ("position", "Начальниця відділу <b>співпраці</b>"),
    ("official", "rada@bilous.gov.ua"),
    ("evidence", "https://bilous.gov.ua/rishennia/17"),
    ("message", "Рішення ради\nвід травня"),
];

#[test]
fn a_stranger_claims_a_hromada_an_officer_asks_back_and_accepts() {
    for lang in ["uk", "en"] {
        for (name, server) in servers() {
            let mut desk = officer(&server, "officer@mosty.org");
            let mut me = Client::new(&server);
            me.get(&format!("/{lang}{CLAIM}"));
            me.send("/claim", &[("name", "Олена Коваль"), ("email", "olena@bilous.gov.ua")]);
            assert_eq!(me.page.status, 422, "{name}: a claim with nothing to check");
            assert_eq!(me.page.texts(".errors li").len(), 2, "{}", me.text());
            me.send("/claim", &SAID);
            assert_eq!(me.page.status, 200, "{name}: {}", me.text());
            // Until the letter was read, nobody sees the claim.
            assert!(!desk.get("/en/admin/claims").text().contains("Олена"), "{name}");
            let letter = letters(&server).remove(0);
            assert_eq!(
                (letter.address.as_str(), letter.language.as_str()),
                ("olena@bilous.gov.ua", lang)
            );
            let link = link_in(&letter);
            me.get(&link).send(&link, &[("password", PASSWORD)]);
            assert!(desk.get("/en/admin/claims").text().contains("Олена Коваль"), "{name}");

            desk.get("/en/admin/claims/1");
            assert!(desk.text().contains("same domain as the official one"), "{}", desk.text());
            assert!(desk.page.body.contains("&#60;b&#62;співпраці"), "{name}: markup of a claim");
            desk.send("/admin/claims/1", &[("action", "refuse")]);
            assert_eq!(desk.page.status, 422, "{name}: refused without a reason");
            desk.send("/admin/claims/1", &[("action", "return"), ("answer", "Хто підписав?")]);
            assert!(letters(&server)[0].body.contains("/claims/1"), "{name}");

            me.sign_in("olena@bilous.gov.ua", PASSWORD);
            me.get(&format!("/{lang}/claims/1"));
            assert!(me.text().contains("Хто підписав?"), "{name}: {}", me.text());
            me.send("/claims/1", &[("message", "Голова громади")]);
            desk.get("/en/admin/claims/1");
            assert!(desk.text().contains("Голова громади"));
            let (_, fields) = desk.form("/admin/claims/1");
            assert!(fields.iter().any(|(n, v)| n == "action" && v == "accept"));
            desk.send("/admin/claims/1", &[]);
            assert!(!desk.text().contains("Олена"), "{name}: {}", desk.text());

            let page = me.get("/en/account").text();
            assert!(page.contains("Novobilouska hromada keeps the profile and signs"), "{page}");
            assert!(page.contains("Accepted"), "{page}");
            let begun = Instant::now();
            while server.get("/api/v1/municipalities/novyi-bilous").json()["status"] != "verified" {
                assert!(begun.elapsed() < Duration::from_secs(3), "{name}: never shown");
                std::thread::sleep(Duration::from_millis(20));
            }
            let mut conn = server.db.conn().unwrap();
            let log = events::of(&mut conn, Subject::Claim, 1).unwrap();
            let states: Vec<&str> = log.iter().filter_map(|e| e.to.as_deref()).collect();
            let expected = ["unconfirmed", "submitted", "returned", "submitted", "accepted"];
            assert_eq!(states, expected, "{name}");
            // The words of an officer may name people; they stand in the claim.
            assert!(log.iter().all(|e| e.note.is_empty()), "{name}: {log:?}");
            assert!(log[4].actor != log[0].actor, "the log does not tell them apart");
        }
    }
}

#[test]
fn whoever_has_an_account_gets_the_same_answer_and_another_letter() {
    for (name, server) in servers() {
        account(&server, "olena@bilous.gov.ua", Office::None, false);
        let answers: Vec<String> = ["olena@bilous.gov.ua", "new@bilous.gov.ua"]
            .iter()
            .map(|email| {
                let mut me = Client::new(&server);
                let who = [("name", "Олена Коваль"), ("email", *email)];
                me.get(&format!("/en{CLAIM}")).send("/claim", &[&SAID[..], &who[..]].concat());
                me.text()
            })
            .collect();
        assert_eq!(answers[0], answers[1], "{name}");
        let sent = letters(&server);
        assert!(sent[1].body.contains("You have an account") && !sent[1].body.contains("/link/"));
        assert!(sent[0].body.contains("/link/"), "{name}");
        // Signed in, one open claim is enough.
        let mut me = Client::new(&server);
        me.sign_in("olena@bilous.gov.ua", PASSWORD);
        me.get(&format!("/en{CLAIM}")).send("/claim", &SAID);
        assert!(me.text().contains("Waits for an officer"), "{name}: {}", me.text());
        me.get(&format!("/en{CLAIM}")).send("/claim", &SAID);
        assert_eq!(me.page.status, 409, "{name}");
        assert!(me.text().contains("open claim"));
    }
}

#[test]
fn a_claim_is_its_claimants_and_never_decided_by_them() {
    for (name, server) in servers() {
        let mut desk = officer(&server, "officer@mosty.org");
        desk.get(&format!("/en{CLAIM}")).send("/claim", &SAID);
        assert!(desk.text().contains("Waits for an officer"), "{name}: {}", desk.text());
        desk.get("/en/admin/claims/1");
        assert!(desk.text().contains("another officer decides"), "{}", desk.text());
        let (_, fields) = desk.get("/en/account").form("/account");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        let accept = [("_form", proof.as_str()), ("action", "accept"), ("version", "1")];
        assert_eq!(desk.post("/en/admin/claims/1", &accept).page.status, 404, "{name}");

        // A member of another municipality sees and changes nothing of it.
        account(&server, "other@rada.gov.ua", Office::None, false);
        let mut other = Client::new(&server);
        other.sign_in("other@rada.gov.ua", PASSWORD);
        assert_eq!(other.get("/en/claims/1").page.status, 404, "{name}");
        assert_eq!(other.get("/en/claims/999").page.status, 404, "{name}");
        let (_, fields) = other.get("/en/account").form("/account");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        let withdraw = [("_form", proof.as_str()), ("action", "withdraw"), ("version", "1")];
        assert_eq!(other.post("/en/claims/1", &withdraw).page.status, 404, "{name}");
        let mut conn = server.db.conn().unwrap();
        assert_eq!(claims::load(&mut conn, ClaimId(1)).unwrap().state, ClaimState::Submitted);

        // The claimant may take it back, and decide nothing.
        let act = [("_form", ""), ("action", "accept"), ("version", "1")];
        let (_, fields) = desk.get("/en/account").form("/account");
        let proof = fields.iter().find(|(n, _)| n == "_form").unwrap().1.clone();
        let act = [("_form", proof.as_str()), act[1], act[2]];
        assert_eq!(desk.post("/en/claims/1", &act).page.status, 409, "{name}");
        desk.get("/en/claims/1").send("/claims/1", &[]);
        assert!(desk.text().contains("Taken back"), "{name}: {}", desk.text());
    }
}

#[test]
fn of_fifty_decisions_at_once_one_holds() {
    for db in TestDb::each() {
        let db = db.filled();
        let server = TestServer::start_with(db.shared(), MovingClock::new(), None);
        let (claimant, _) = account(&server, "olena@rada.gov.ua", Office::None, false);
        let (officer, _) = account(&server, "officer@mosty.org", Office::Officer, true);
        let mut conn = db.db.conn().unwrap();
        let id = change(&mut conn, |conn| {
            let (municipality, text) = (MunicipalityId(1), ClaimText::default());
            claims::create(conn, municipality, claimant, &text, ClaimState::Submitted, now())
        })
        .unwrap();
        let outcomes: Vec<Result<ClaimState, bool>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..50)
                .map(|i| {
                    let pool = db.db.clone();
                    scope.spawn(move || {
                        let mut conn = loop {
                            if let Ok(conn) = pool.conn() {
                                break conn;
                            }
                        };
                        let (action, answer) = match i % 2 {
                            0 => (ClaimAction::Accept, ""),
                            _ => (ClaimAction::Refuse, "a reason"),
                        };
                        let actor = ClaimActor::Officer;
                        let step = claims::Step {
                            action,
                            by: officer,
                            actor,
                            version: 1,
                            answer,
                            text: None,
                        };
                        change(&mut conn, |conn| claims::take(conn, id, &step, now()))
                            .map(|claim| claim.state)
                            .map_err(|e| matches!(e, StorageError::Stale))
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let held: Vec<&ClaimState> = outcomes.iter().filter_map(|o| o.as_ref().ok()).collect();
        assert_eq!(held.len(), 1, "{}: {outcomes:?}", db.name);
        assert!(outcomes.iter().all(|o| *o != Err(false)), "{}: {outcomes:?}", db.name);
        let log = events::of(&mut conn, Subject::Claim, id.0).unwrap();
        assert_eq!(log.len(), 2, "{}", db.name);
        let member = accounts::load(&mut conn, claimant).unwrap().may_sign_for(MunicipalityId(1));
        assert_eq!(member, *held[0] == ClaimState::Accepted, "{}", db.name);
    }
}
