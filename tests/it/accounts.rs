//! Accounts as they are stored: on both databases, and by several at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use mosty::auth::token::Token;
use mosty::auth::{password, totp};
use mosty::domain::account::{
    AccountId, AccountState, Office, Person, SESSION_MINUTES, STAFF_IDLE_MINUTES,
};
use mosty::domain::event::Subject;
use mosty::storage::credentials;
use mosty::storage::sessions::{Link, Purpose};
use mosty::storage::{
    Conn, StorageError, accounts, attempts, change, events, jobs, mails, sessions,
};

use crate::support::{TestDb, now};

fn person(email: &str) -> Person {
    Person { name: "Олена Коваль".into(), email: email.into(), language: "uk".into() }
}

fn create(conn: &mut Conn, email: &str, office: Office) -> AccountId {
    change(conn, |c| accounts::create(c, &person(email), office, None, now())).unwrap()
}

/// Runs the same thing in as many threads at once, each with a connection of
/// its own, and counts how often it happened.
fn at_once(db: &TestDb, threads: usize, each: impl Fn(&mut Conn) -> bool + Sync) -> usize {
    let happened = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut conn = db.db.conn().unwrap();
                if each(&mut conn) {
                    happened.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    happened.into_inner()
}

#[test]
fn an_address_belongs_to_one_account_however_it_is_written() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let id = create(&mut conn, "Olena@rada.gov.ua", Office::None);
        let again = change(&mut conn, |c| {
            accounts::create(c, &person("olena@RADA.gov.ua"), Office::Admin, None, now())
        });
        assert!(matches!(again, Err(StorageError::Conflict)), "{}: {again:?}", db.name);
        assert_eq!(accounts::by_email(&mut conn, "olena@rada.gov.ua").unwrap(), Some(id));
        let account = accounts::load(&mut conn, id).unwrap();
        assert_eq!((account.state, account.office), (AccountState::Invited, Office::None));
        assert_eq!(accounts::person(&mut conn, id).unwrap().unwrap().email, "Olena@rada.gov.ua");
        assert!(matches!(accounts::load(&mut conn, AccountId(999)), Err(StorageError::NotFound)));
        let made = at_once(&db, 8, |conn| {
            change(conn, |c| {
                accounts::create(c, &person("one@rada.gov.ua"), Office::None, None, now())
            })
            .is_ok()
        });
        assert_eq!(made, 1, "{}: several accounts with one address", db.name);
    }
}

#[test]
fn a_new_password_activates_ends_sessions_and_voids_links() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let id = create(&mut conn, "a@rada.gov.ua", Office::Officer);
        let tokens: Vec<Token> = (0..3).map(|_| Token::new().unwrap()).collect();
        for token in &tokens {
            sessions::begin(&mut conn, &token.hash(), id, true, "a browser", now()).unwrap();
        }
        let (kept, _) = sessions::find(&mut conn, &tokens[1].hash()).unwrap().unwrap();
        let link = Link { purpose: Purpose::Password, account: id, payload: String::new() };
        let later = now() + chrono::Duration::minutes(60);
        sessions::add_link(&mut conn, "a hash", &link, later).unwrap();
        let hash = password::hash("чотири коні біля ставу").unwrap();
        change(&mut conn, |c| credentials::set_password(c, id, &hash, Some(kept.id), now()))
            .unwrap();
        assert_eq!(accounts::load(&mut conn, id).unwrap().state, AccountState::Active);
        let left = sessions::of(&mut conn, id).unwrap();
        assert_eq!(left.iter().map(|s| s.id).collect::<Vec<_>>(), [kept.id], "{}", db.name);
        assert_eq!(sessions::find_link(&mut conn, "a hash", now()).unwrap(), None);
        let log = events::of(&mut conn, Subject::Account, id.0).unwrap();
        let actions: Vec<&str> = log.iter().map(|e| e.action.as_str()).collect();
        assert_eq!(actions, ["account-created", "account-state", "password-set"]);
        let words = format!("{log:?}");
        assert!(!words.contains("rada") && !words.contains("Коваль"), "the log names a person");
    }
}

#[test]
fn a_link_a_code_and_a_recovery_code_count_once_for_however_many_try_at_once() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let id = create(&mut conn, "b@rada.gov.ua", Office::Admin);
        let link = Link { purpose: Purpose::Invitation, account: id, payload: String::new() };
        let later = now() + chrono::Duration::minutes(60);
        sessions::add_link(&mut conn, "an old hash", &link, later).unwrap();
        sessions::add_link(&mut conn, "a hash", &link, later).unwrap();
        assert_eq!(sessions::find_link(&mut conn, "an old hash", now()).unwrap(), None);
        assert_eq!(sessions::find_link(&mut conn, "a hash", later).unwrap(), None, "expired");
        assert_eq!(sessions::find_link(&mut conn, "a hash", now()).unwrap(), Some(link));
        let used = at_once(&db, 8, |c| sessions::use_link(c, "a hash", now()).unwrap());
        assert_eq!(used, 1, "{}: a link worked twice", db.name);

        let secret = totp::new_secret().unwrap();
        let codes: Vec<String> = totp::new_recovery_codes()
            .unwrap()
            .iter()
            .map(|code| totp::recovery_hash(code))
            .collect();
        change(&mut conn, |c| {
            credentials::set_second_factor(c, id, Some((&secret, 0, &codes)), None, now())
        })
        .unwrap();
        assert!(accounts::load(&mut conn, id).unwrap().second_factor);
        let code = totp::code_at(&secret, now()).unwrap();
        let used = at_once(&db, 8, |c| {
            let stored = credentials::credentials_of(c, id).unwrap().unwrap();
            let step = totp::accept(&secret, &code, stored.totp_last_step, now());
            step.is_some_and(|step| credentials::use_totp_step(c, id, step).unwrap())
        });
        assert_eq!(used, 1, "{}: a code worked twice", db.name);
        let used = at_once(&db, 8, |c| credentials::use_recovery_code(c, id, &codes[3]).unwrap());
        assert_eq!(used, 1, "{}: a recovery code worked twice", db.name);
        assert_eq!(credentials::recovery_codes_left(&mut conn, id).unwrap(), 9);
    }
}

#[test]
fn tries_are_counted_together_and_forgotten_in_time() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let window = chrono::Duration::minutes(15);
        let allowed = at_once(&db, 20, |c| {
            attempts::count(c, "sign-in:1", 5, window, now()).unwrap().is_ok()
        });
        assert_eq!(allowed, 5, "{}", db.name);
        let later = now() + chrono::Duration::minutes(14);
        let wait = attempts::count(&mut conn, "sign-in:1", 5, window, later).unwrap().unwrap_err();
        assert_eq!(wait, 60, "{}", db.name);
        assert!(attempts::count(&mut conn, "sign-in:2", 5, window, later).unwrap().is_ok());
        let after = now() + window;
        assert!(attempts::count(&mut conn, "sign-in:1", 5, window, after).unwrap().is_ok());
        attempts::forget(&mut conn, "sign-in:1").unwrap();
        for _ in 0..5 {
            assert!(attempts::count(&mut conn, "sign-in:1", 5, window, after).unwrap().is_ok());
        }
    }
}

#[test]
fn sessions_end_by_age_and_those_of_staff_by_rest() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let id = create(&mut conn, "c@rada.gov.ua", Office::None);
        let other = create(&mut conn, "d@rada.gov.ua", Office::None);
        let token = Token::new().unwrap();
        sessions::begin(&mut conn, &token.hash(), id, true, "a browser", now()).unwrap();
        let (session, name) = sessions::find(&mut conn, &token.hash()).unwrap().unwrap();
        assert_eq!((session.account, name), (id, person("c@rada.gov.ua").name));
        assert_eq!(sessions::find(&mut conn, token.as_str()).unwrap(), None, "a token is stored");
        let after = |minutes| now() + chrono::Duration::minutes(minutes);
        assert!(session.is_alive(Office::None, after(SESSION_MINUTES - 1)));
        assert!(!session.is_alive(Office::None, after(SESSION_MINUTES)));
        assert!(session.is_alive(Office::Officer, after(STAFF_IDLE_MINUTES - 1)));
        assert!(!session.is_alive(Office::Officer, after(STAFF_IDLE_MINUTES)));
        let foreign = sessions::end(&mut conn, other, session.id);
        assert!(matches!(foreign, Err(StorageError::NotFound)), "somebody else ended it");
        sessions::end(&mut conn, id, session.id).unwrap();
        assert!(sessions::of(&mut conn, id).unwrap().is_empty());
    }
}

#[test]
fn a_letter_is_queued_with_its_cause_or_not_at_all() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let mail = mails::Mail {
            account: None,
            topic: "password".into(),
            address: "a@rada.gov.ua".into(),
            language: "uk".into(),
            subject: "Новий пароль".into(),
            body: "…".into(),
            html: "<p>…</p>".into(),
            message_id: "1@mosty".into(),
            unsubscribe: String::new(),
            secret: false,
            about: None,
        };
        let failed: Result<(), StorageError> = change(&mut conn, |c| {
            mails::add(c, &mail, now())?;
            Err(StorageError::Stale)
        });
        assert!(failed.is_err());
        let lease = std::time::Duration::from_secs(60);
        assert_eq!(jobs::take(&mut conn, mails::JOB, "w", now(), lease).unwrap(), None);
        let id = change(&mut conn, |c| mails::add(c, &mail, now())).unwrap();
        let job = jobs::take(&mut conn, mails::JOB, "w", now(), lease).unwrap().unwrap();
        assert_eq!(job.payload, id.to_string(), "{}", db.name);
        assert_eq!(mails::unsent(&mut conn, id).unwrap(), Some(mail));
        mails::sent(&mut conn, id, now()).unwrap();
        assert_eq!(mails::unsent(&mut conn, id).unwrap(), None);
    }
}
