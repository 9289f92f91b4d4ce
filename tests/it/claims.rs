//! Claims: a stranger says that they speak for a municipality, and an officer
//! decides.

use std::time::{Duration, Instant};

use mosty::domain::account::{AccountId, Office};
use mosty::domain::claim::{ClaimAction, ClaimActor, ClaimId, ClaimState, ClaimText};
use mosty::domain::event::Subject;
use mosty::domain::municipality::MunicipalityId;
use mosty::media::MediaKind;
use mosty::storage::{DbConn, StorageError, accounts, change, claims, events, evidence};

use crate::signing_in::{PASSWORD, account, letters, link_in};
use crate::support::{Client, MovingClock, TestDb, TestServer, get, multipart, now, post};

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
            assert!(page.contains("Novobilouska hromada"), "{page}");
            assert!(page.contains("Your role: you keep the profile and sign"), "{page}");
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
fn a_decision_shows_on_the_page_that_follows_it() {
    for (name, server) in servers() {
        let mut desk = officer(&server, "officer@mosty.org");
        for (n, slug) in (1..).zip(["novyi-bilous", "chernihiv", "swidnik", "lublin"]) {
            let email = format!("{n}@bilous.gov.ua");
            account(&server, &email, Office::None, false);
            let mut me = Client::new(&server);
            let said = [("position", "Head"), ("official", "rada@bilous.gov.ua")];
            me.sign_in(&email, PASSWORD).get(&format!("/en/municipalities/{slug}/claim"));
            me.send("/claim", &said);
            let (action, fields) =
                desk.get(&format!("/en/admin/claims/{n}")).form(&format!("/admin/claims/{n}"));
            let cookie = format!("session={}", desk.cookie("session").unwrap());
            let body = serde_html_form::to_string(&fields).unwrap();
            let answer = post(&format!("{}{action}", server.url), &[("cookie", &cookie)], &body);
            assert_eq!(answer.status, 303, "{name}: {}", answer.body);
            // At once, as a browser asks, not when it has had time to show.
            let page = get(&format!("{}/en/municipalities/{slug}", server.url), &[]);
            assert!(page.texts(".tags")[0].contains("Verified"), "{name} {slug}: not yet shown");
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
        assert!(me.text().contains("Waiting for an officer"), "{name}: {}", me.text());
        // Whoever comes again is led to it; one that is sent at once is refused.
        me.get(&format!("/en{CLAIM}"));
        assert!(me.text().contains("Waiting for an officer"), "{name}: {}", me.text());
        let proof = me.get("/en/account").form("/sign-out").1[0].1.clone();
        me.post(&format!("/en{CLAIM}"), &[&[("_form", proof.as_str())], &SAID[..]].concat());
        assert_eq!(me.page.status, 409, "{name}");
        assert!(me.text().contains("open claim"));
    }
}

#[test]
fn a_claim_is_its_claimants_and_never_decided_by_them() {
    for (name, server) in servers() {
        let mut desk = officer(&server, "officer@mosty.org");
        desk.get(&format!("/en{CLAIM}")).send("/claim", &SAID);
        assert!(desk.text().contains("Waiting for an officer"), "{name}: {}", desk.text());
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
        assert!(desk.text().contains("Withdrawn"), "{name}: {}", desk.text());
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
                            seen: Some(1),
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

/// Somebody with an account and an open claim for Novyi Bilous.
fn claimant(server: &TestServer, email: &str) -> Client {
    account(server, email, Office::None, false);
    let mut me = Client::new(server);
    me.sign_in(email, PASSWORD).get(&format!("/en{CLAIM}")).send("/claim", &SAID);
    assert!(me.text().contains("Waiting for an officer"), "{}", me.text());
    me
}

/// The form of the page with this value in its hidden field `do`.
fn send_do(me: &mut Client, which: &str, filled: &[(&str, &str)]) {
    let html = me.page.html();
    let proofs = scraper::Selector::parse("form input[name=_form]").unwrap();
    let proof = html.select(&proofs).next().and_then(|i| i.value().attr("value"));
    let proof = proof.expect("a form").to_owned();
    let fields = [&[("_form", proof.as_str()), ("do", which)], filled].concat();
    me.post("/en/claims/1/evidence", &fields);
}

#[test]
fn a_code_from_the_official_address_is_evidence_and_is_not_to_be_guessed() {
    for (name, server) in servers() {
        let mut me = claimant(&server, "olena@ukr.net");
        let mut desk = officer(&server, "officer@mosty.org");
        assert!(desk.get("/en/admin/claims/1").text().contains("that proves nothing"), "{name}");
        assert!(!desk.text().contains("Code entered"), "{name}");
        me.get("/en/claims/1").get("/en/claims/1/evidence");
        send_do(&mut me, "send", &[]);
        assert!(me.text().contains("sent to rada@bilous.gov.ua"), "{name}: {}", me.text());
        let letter = letters(&server).remove(0);
        assert_eq!((&*letter.address, &*letter.language), ("rada@bilous.gov.ua", "uk"), "{name}");
        assert!(
            letter.body.contains("Новобілоуської громади") && letter.body.contains("olena@ukr.net"),
            "{name}"
        );
        let code = letter.body.split("код: ").nth(1).expect("a code")[..9].to_owned();
        for wrong in ["", "aaaa-bbbb", &code[..8], "' OR 1=1"] {
            send_do(&mut me, "code", &[("code", wrong)]);
            assert_eq!(me.page.status, 422, "{name}: {wrong}");
        }
        // Another's code is of no use, nor is a new one's predecessor.
        send_do(&mut me, "send", &[]);
        send_do(&mut me, "code", &[("code", &code)]);
        assert_eq!(me.page.status, 422, "{name}: an old code");
        let letter = letters(&server).remove(0);
        let code = letter.body.split("код: ").nth(1).expect("a code")[..9].to_owned();
        let typed = code.to_uppercase().replace('-', " ");
        send_do(&mut me, "code", &[("code", &typed)]);
        assert!(me.text().contains("was entered on"), "{name}: {}", me.text());
        let said = desk.get("/en/admin/claims/1").text();
        assert!(said.contains("Code entered"), "{name}: {said}");
        let hashed = crate::support::dump(&server.db);
        let told = hashed
            .iter()
            .any(|(column, value)| !column.starts_with("mails.") && value.contains(&code));
        assert!(!told, "{name}: the code itself is stored");

        // Three codes a day, ten tries.
        send_do(&mut me, "send", &[]);
        send_do(&mut me, "send", &[]);
        assert_eq!(me.page.status, 429, "{name}");
        assert!(me.page.header("retry-after").parse::<i64>().unwrap() > 3_600, "{name}");
        me.get("/en/claims/1/evidence");
        let tried = (0..12)
            .take_while(|_| {
                send_do(&mut me, "code", &[("code", "aaaa-bbbb")]);
                let goes_on = me.page.status != 429;
                me.get("/en/claims/1/evidence");
                goes_on
            })
            .count();
        assert!(tried <= 5, "{name}: {tried} more tries");
    }
}

/// Whoever decides has seen the last of what is shown, and once it is decided
/// nothing is added: also when it is decided between the look at the claim and
/// the change.
#[test]
fn nobody_decides_on_what_they_have_not_seen_and_nothing_is_added_after() {
    for (name, server) in servers() {
        let mut desk = officer(&server, "officer@mosty.org");
        let mut me = claimant(&server, "olena@ukr.net");
        desk.get("/en/admin/claims/1");
        me.get("/en/claims/1/evidence").send_file("/evidence", "decision.pdf", PDF);
        assert!(me.text().contains("decision.pdf"), "{name}: {}", me.text());
        let refusal = [("action", "refuse"), ("answer", "Немає рішення ради")];
        desk.send("/admin/claims/1", &refusal);
        assert_eq!(desk.page.status, 409, "{name}: decided without the file");
        assert!(desk.text().contains("Немає рішення ради"), "{name}: a reason is lost");
        let mut conn = server.db.conn().unwrap();
        let claim = claims::load(&mut conn, ClaimId(1)).unwrap();
        assert_eq!(claim.state, ClaimState::Submitted, "{name}");
        // Own evidence is no reason to ask the claimant again.
        me.get("/en/claims/1");
        change(&mut conn, |conn| {
            let code = ("rada@bilous.gov.ua", "hash");
            evidence::send_code(conn, claim.id, claim.account, code, now())
        })
        .unwrap();
        desk.get("/en/admin/claims/1").send("/admin/claims/1", &refusal);
        assert_eq!(desk.page.status, 200, "{name}: {}", desk.text());
        me.send("/claims/1", &[]);
        assert_eq!(me.page.status, 409, "{name}: taken back after the end");

        let before = crate::support::dump(&server.db);
        let (id, by) = (claim.id, claim.account);
        type Step = fn(&mut DbConn, ClaimId, AccountId) -> Result<(), StorageError>;
        let steps: [(&str, Step); 5] = [
            ("send", |c, id, by| evidence::send_code(c, id, by, ("a@b.ua", "h"), now())),
            ("code", |c, id, by| {
                evidence::give_code(c, id, by, ("hash", now() - chrono::Duration::days(1)), now())
                    .map(drop)
            }),
            ("add", |c, id, by| {
                evidence::add_file(c, id, by, ("a.pdf", MediaKind::Pdf, PDF), now())
            }),
            ("remove", |c, id, by| evidence::remove_file(c, id, by, 1, now())),
            ("places", |c, id, by| evidence::set_places(c, id, by, &[MunicipalityId(2)], now())),
        ];
        for (what, step) in steps {
            let done = change(&mut conn, |conn| step(conn, id, by));
            assert!(matches!(done, Err(StorageError::Stale)), "{name}: {what}: {done:?}");
        }
        assert_eq!(crate::support::dump(&server.db), before, "{name}");
    }
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let mut bytes = bytes.into_inner();
    bytes.extend_from_slice(b"<script>secret</script>");
    bytes
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</JS(app.alert)>>\n%%EOF\n";

/// CVE-2023-51447: the name of an uploaded file was markup on the pages that
/// listed it. GHSA-33pv-vcgh-jfg9: a large one took all the memory. Nor is a
/// file a page or a program by what it holds, or anybody else's.
#[test]
fn files_are_shown_to_whoever_decides_and_do_no_harm() {
    for (name, server) in servers() {
        let mut me = claimant(&server, "olena@bilous.gov.ua");
        let mut desk = officer(&server, "officer@mosty.org");
        me.get("/en/claims/1/evidence");
        me.send_file("/evidence", "рішення \"><img src=x onerror=hit()>\r\nX: y.html", &picture());
        assert!(me.text().contains("png"), "{name}: {}", me.text());
        assert!(
            me.page.html().select(&scraper::Selector::parse("main img").unwrap()).next().is_none()
        );
        me.send_file("/evidence", "../../decision.pdf", PDF);
        for (said, body, sentence) in [
            ("a.pdf", b"<html><script>hit()</script>".as_slice(), "Only PDF, JPEG and PNG"),
            ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PDF, JPEG and PNG"),
            ("a.xlsx", b"PK\x03\x04", "Only PDF, JPEG and PNG"),
            ("a.pdf", b"%PDF-1.7 cut", "is damaged"),
            ("a.png", &picture()[..40], "is damaged"),
            ("", b"", "Choose a file"),
        ] {
            me.get("/en/claims/1/evidence").send_file("/evidence", said, body);
            assert_eq!(me.page.status, 422, "{name}: {said}");
            assert!(me.text().contains(sentence), "{name}: {}", me.text());
        }
        me.get("/en/claims/1/evidence");
        let mut proof = me.form("/evidence").1;
        proof.retain(|(name, _)| name != "do");
        let large = vec![b'a'; 6 * 1024 * 1024];
        let add = [proof, vec![("do".to_owned(), "add".to_owned())]].concat();
        me.post_file("/en/claims/1/evidence", &multipart(&add, "a.pdf", &large));
        assert_eq!(me.page.status, 422, "{name}");
        assert!(me.text().contains("The file is too large"), "{name}: {}", me.text());
        me.post_file("/en/claims/1/evidence", &multipart(&[], "a.pdf", PDF));
        assert_eq!(me.page.status, 403, "{name}: without a proof");
        me.get("/en/claims/1/evidence").send_file("/evidence", "third.pdf", PDF);
        me.get("/en/claims/1/evidence");
        assert!(!me.page.body.contains("multipart"), "{name}: a fourth is offered");
        me.post_file("/en/claims/1/evidence", &multipart(&add, "a.pdf", PDF));
        assert!(me.page.status == 422 && me.text().contains("3 files"), "{name}: {}", me.text());

        // Its claimant and officers have it, as a file in which nothing runs.
        for browser in [&mut me, &mut desk] {
            let got = browser.get("/en/claims/1/files/1").page.body.clone();
            assert_eq!(browser.page.status, 200, "{name}");
            assert_eq!(browser.page.header("content-type"), "image/png");
            assert!(!got.contains("secret"), "{name}: what was in the file is kept");
            let given = browser.page.header("content-disposition").to_owned();
            assert!(given.starts_with("attachment; filename=\"evidence-1.png\""), "{given}");
            assert!(given.contains("filename*=UTF-8''%D1%80") && !given.contains('<'), "{given}");
            assert!(browser.page.header("content-security-policy").contains("sandbox"), "{name}");
            assert_eq!(browser.page.header("x-content-type-options"), "nosniff");
            assert_eq!(browser.page.header("cache-control"), "no-store");
            browser.get("/en/claims/1/files/2");
            assert_eq!(browser.page.header("content-type"), "application/pdf");
            assert!(browser.page.header("content-disposition").contains("''decision.pdf"));
        }
        assert!(desk.get("/en/admin/claims/1").text().contains("decision.pdf"), "{name}");
        // Nobody else has, by whatever number.
        let mut other = Client::new(&server);
        account(&server, "other@bilous.gov.ua", Office::None, false);
        other.sign_in("other@bilous.gov.ua", PASSWORD).get(&format!("/en{CLAIM}"));
        other.send("/claim", &SAID);
        for path in ["/en/claims/1/files/1", "/en/claims/2/files/1", "/en/claims/1/evidence"] {
            assert_eq!(other.get(path).page.status, 404, "{name}: {path}");
        }
        other.get("/en/claims/2/evidence");
        let mut fields = other.form("/evidence").1;
        fields.extend([("do", "remove"), ("file", "1")].map(|(n, v)| (n.into(), v.into())));
        fields.retain(|(n, v)| n != "do" || v == "remove");
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(other.post("/en/claims/2/evidence", &fields).page.status, 404, "{name}");
        let mut nobody = Client::new(&server);
        assert!(nobody.get("/en/claims/1/files/1").text().contains("Sign in"), "{name}");
        nobody.post_file("/en/claims/1/evidence", &multipart(&[], "a.pdf", PDF));
        assert!(nobody.text().contains("Sign in"), "{name}: {}", nobody.text());

        me.get("/en/claims/1/evidence");
        send_do(&mut me, "remove", &[("file", "1")]);
        assert_eq!(me.get("/en/claims/1/files/1").page.status, 404, "{name}");
        // It stands in the copy of everything, and goes with the person.
        let everything = me.get("/en/account/data").page.body.clone();
        assert!(
            everything.contains("decision.pdf") && everything.contains("JVBERi0xLjcK"),
            "{name}"
        );
        let mut conn = server.db.conn().unwrap();
        let log = events::of(&mut conn, Subject::Claim, 1).unwrap();
        assert!(log.iter().any(|e| e.action == "claim-file-removed"), "{name}");
        assert!(log.iter().all(|e| !format!("{e:?}").contains("decision")), "{name}");
        drop(conn);
        me.get("/en/account/erase").send("/account/erase", &[("password", PASSWORD)]);
        let left = crate::support::dump(&server.db);
        let of_first = left.iter().filter(|(table, _)| table == "claim_files");
        assert_eq!(of_first.count(), 0, "{name}: a file outlived its person");
    }
}

#[test]
fn places_near_by_are_ticked_and_an_officer_sees_them() {
    for (name, server) in servers() {
        account(&server, "anna@swidnik.pl", Office::None, false);
        let mut me = Client::new(&server);
        let said = [("position", "Clerk"), ("official", "urzad@swidnik.pl")];
        me.sign_in("anna@swidnik.pl", PASSWORD).get("/en/municipalities/swidnik/claim");
        me.send("/claim", &said).get("/en/claims/1/evidence");
        let labels = me.page.texts("input[name=place]");
        let boxes = scraper::Selector::parse("input[name=place]").unwrap();
        let html = me.page.html();
        let offered: Vec<String> = html
            .select(&boxes)
            .filter_map(|i| i.value().attr("value").map(str::to_owned))
            .collect();
        assert!(!offered.is_empty(), "{name}: {labels:?} {}", me.text());
        send_do(&mut me, "places", &[("place", &offered[0])]);
        assert!(me.page.body.contains("checked"), "{name}");
        send_do(&mut me, "places", &[("place", "1")]);
        assert_eq!(me.page.status, 400, "{name}: a hromada far away");
        let mut desk = officer(&server, "officer@mosty.org");
        let said = desk.get("/en/admin/claims/1").text();
        assert!(said.contains("Places that belong to it"), "{name}: {said}");
        // Only what was ticked can be put together, and only by the officer.
        let (_, mut fields) = desk.form("/admin/claims/1");
        fields.push(("join".to_owned(), "1".to_owned()));
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(desk.post("/en/admin/claims/1", &fields).page.status, 400, "{name}");
        let id = MunicipalityId(offered[0].parse().unwrap());
        let before = mosty::storage::directory::load(&server.db).unwrap();
        let joined = before.records.iter().find(|r| r.municipality.id == id).unwrap();
        let (slug, called) = (joined.municipality.slug.clone(), joined.municipality.name.clone());
        desk.get("/en/admin/claims/1").send("/admin/claims/1", &[("join", &offered[0])]);
        assert_eq!(desk.page.status, 200, "{name}: {}", desk.text());
        let moved = server.get(&format!("/en/municipalities/{slug}"));
        assert_eq!(moved.status, 301, "{name}");
        assert!(moved.header("location").ends_with("/swidnik"), "{name}");
        let found = server.get(&format!("/api/v1/municipalities?q={called}")).json();
        assert_eq!(found["items"][0]["slug"], "swidnik", "{name}: {found}");
        let history = me.get("/en/municipalities/swidnik/history").text();
        assert!(history.contains("Place merged into it"), "{name}: {history}");
    }
}
