//! `mosty account`: the first admin, and the way back for whoever is locked
//! out. Prints a link that works once; nobody types a password here.

use anyhow::{Context, bail};
use serde_json::json;

use super::open::{self, SystemClock};
use crate::auth::token::Token;
use crate::config::{AccountCommand, Config};
use crate::domain::account::{ACCOUNT_INVITATION, PASSWORD_LINK};
use crate::domain::account::{AccountState, Person, email_key};
use crate::domain::time::Clock;
use crate::mail::Site;
use crate::storage::credentials;
use crate::storage::sessions::{self, Link, Purpose};
use crate::storage::{StorageError, accounts, change};

fn print(config: &Config, email: &str, link: &str, hours: i64) {
    if config.json {
        println!("{}", json!({ "email": email, "link": link, "hours": hours }));
    } else {
        println!("{email} sets a password here, once, within {hours} hours:\n{link}");
    }
}

/// Makes an account, or opens one again.
pub(super) fn run(config: &Config, command: &AccountCommand) -> anyhow::Result<()> {
    let db = open::database(config)?;
    let mut conn = db.conn()?;
    let now = SystemClock.now();
    let token = Token::new()?;
    match command {
        AccountCommand::Create(options) => {
            let person = Person {
                name: options.name.trim().to_owned(),
                email: options.email.clone(),
                language: options.language.clone(),
            };
            if person.name.is_empty() {
                bail!("an account needs a name; give one with --name");
            }
            let office = options.office;
            change(&mut conn, |conn| -> anyhow::Result<()> {
                let id = match accounts::create(conn, &person, office, None, now) {
                    Err(StorageError::Conflict) => bail!(
                        "{} has an account already; `mosty account reset --email {}` opens it again",
                        person.email,
                        person.email
                    ),
                    made => made?,
                };
                let payload = String::new();
                let link = Link { purpose: Purpose::Invitation, account: id, payload };
                Ok(sessions::add_link(conn, &token.hash(), &link, now + ACCOUNT_INVITATION)?)
            })?;
            let site = Site { address: options.base_url.clone() };
            let link = site.link(&person.language, &token);
            print(config, &person.email, &link, ACCOUNT_INVITATION.num_hours());
        }
        AccountCommand::Reset(options) => {
            let key = email_key(&options.email).context("that is no email address")?;
            let id = accounts::by_email(&mut conn, &key)?
                .with_context(|| format!("nobody has an account with {}", options.email))?;
            let account = accounts::load(&mut conn, id)?;
            let person = accounts::person(&mut conn, id)?.context("the person is gone")?;
            let (purpose, works) = match account.state {
                AccountState::Invited => (Purpose::Invitation, ACCOUNT_INVITATION),
                AccountState::Active => (Purpose::Password, PASSWORD_LINK),
                AccountState::Suspended | AccountState::Erased => {
                    bail!("the account of {} is closed", options.email)
                }
            };
            change(&mut conn, |conn| -> anyhow::Result<()> {
                if options.second_factor {
                    credentials::set_second_factor(conn, id, None, None, now)?;
                }
                sessions::end_sessions(conn, id, None)?;
                let link = Link { purpose, account: id, payload: String::new() };
                sessions::add_link(conn, &token.hash(), &link, now + works)?;
                Ok(accounts::record(conn, id, "link-made", None, None, None, now)?)
            })?;
            let site = Site { address: options.base_url.clone() };
            print(config, &options.email, &site.link(&person.language, &token), works.num_hours());
        }
    }
    Ok(())
}
