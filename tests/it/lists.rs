//! The first ten suggestions of everybody, over the whole directory as it is
//! shipped: what somebody sees who has just installed the program.

use std::collections::{BTreeMap, HashMap, HashSet};

use std::time::{Duration, Instant};

use mosty::domain::area::SubArea;
use mosty::domain::audience::{Audience, Direction};
use mosty::domain::directory::{Directory, Row};
use mosty::domain::municipality::{Control, SizeBand, Status};
use mosty::domain::profile::{Entry, Level, Profile};
use mosty::matching::{Corpus, ListKind, Lists, Settings, Weights};
use mosty::storage::{StorageError, change, directory as stored, profiles};
use mosty::storage::{facts, version};

use crate::support::{TestDb, TestServer, now, whole_directory};

#[test]
fn the_first_lists_of_a_fresh_installation_can_be_believed() {
    let directory = whole_directory();
    let weights = Weights::shipped().unwrap();
    let corpus = Corpus::new(directory, &Settings { weights: &weights, today: now().date() });
    let lists = Lists::assign(&corpus);

    // Hromadas: mixed, and no town for all.
    let (mut times, mut shown) = (HashMap::<Row, usize>::new(), BTreeMap::<String, usize>::new());
    let mut subjects = 0;
    for (_, list) in lists.of_hromadas() {
        subjects += 1;
        assert_eq!(list.len(), 10);
        let mut of_country: HashMap<String, usize> = HashMap::new();
        for row in &list {
            let code = directory.municipality(*row).country.to_string();
            *of_country.entry(code.clone()).or_default() += 1;
            *shown.entry(code).or_default() += 1;
            *times.entry(*row).or_default() += 1;
        }
        assert!(of_country.len() >= 3 && of_country.values().all(|n| *n <= 4), "{of_country:?}");
    }
    assert_eq!(subjects, 1_317);
    assert!(times.len() >= 1_200 && times.values().all(|n| *n <= 15), "{}", times.len());
    // Countries come as partnerships are made with them today, within a factor
    // of two and a half.
    let percent = |countries: &[&str]| {
        let n: usize = countries.iter().filter_map(|c| shown.get(*c)).sum();
        100.0 * n as f64 / (10 * subjects) as f64
    };
    for (countries, least, most) in [
        (&["DE"][..], 20.0, 40.0),
        (&["PL"], 7.0, 40.0),
        (&["FR"], 3.0, 18.0),
        (&["EE", "LT", "LV"], 2.0, 12.0),
        (&["IT"], 1.0, 6.0),
        (&["CZ"], 1.0, 6.0),
        (&["DK", "FI", "IS", "NO", "SE"], 1.0, 6.0),
        (&["NL"], 0.4, 100.0),
    ] {
        let seen = percent(countries);
        assert!((least..=most).contains(&seen), "{countries:?}: {seen:.1} %");
    }

    // Municipalities abroad: no more than three of an oblast, and nobody at the
    // front who has not joined.
    let mut random = fastrand::Rng::with_seed(5);
    for code in ["DE", "FR", "GB", "IT", "ES", "NL", "CZ", "SE", "PL"] {
        let of_country = directory.rows().filter(|(_, r)| r.municipality.country.code() == code);
        let mut rows: Vec<Row> = of_country.map(|(row, _)| row).collect();
        random.shuffle(&mut rows);
        for row in rows.into_iter().take(300) {
            let mut of_oblast: HashMap<&str, usize> = HashMap::new();
            let list = lists.suggest(&corpus, row, 10);
            assert_eq!(list.len(), 10);
            for found in &list {
                let m = directory.municipality(found.row);
                assert_eq!(m.control, Control::Government, "{} is suggested", m.name);
                assert_ne!(found.list, ListKind::Plain);
                *of_oblast.entry(&m.region).or_default() += 1;
            }
            assert!(of_oblast.values().all(|n| *n <= 3), "{of_oblast:?}");
        }
    }

    // Nobody small is left out.
    let on_a_list: HashSet<Row> = lists.of_places().flat_map(|(_, list)| list).collect();
    let small = directory.rows().filter(|(_, record)| {
        let m = &record.municipality;
        m.country.is_ukraine()
            && m.control == Control::Government
            && m.size_band().is_some_and(|band| band <= SizeBand::From5k)
    });
    let small: Vec<Row> = small.map(|(row, _)| row).collect();
    assert!(small.len() > 500);
    assert!(small.iter().all(|row| on_a_list.contains(row)), "a small hromada is on no list");
}

/// A profile with one need and one offer.
fn stating(need: &str, offer: &str) -> Profile {
    let entry = |direction, subarea: &str, rank| Entry {
        direction,
        subarea: SubArea::parse(subarea).unwrap(),
        rank,
        level: Level::new(3).unwrap(),
        audience: Audience::Public,
        expires_on: now().date() + chrono::Days::new(90),
        statements: Vec::new(),
    };
    let entries = vec![entry(Direction::Need, need, 1), entry(Direction::Offer, offer, 2)];
    Profile { entries, ..Profile::default() }
}

#[test]
fn lists_are_right_in_every_process_a_second_after_a_profile_changed() {
    for db in TestDb::each() {
        let name = db.name;
        let db = db.filled();
        let second = db.shared();
        let servers = [TestServer::start(db, false, None), TestServer::start(second, false, None)];
        let first = |server: &TestServer| {
            let list = server.get("/api/v1/municipalities/novyi-bilous/partners?limit=10").json();
            let first = &list["items"][0];
            assert_eq!(first["list"], "assigned", "{name}");
            first["municipality"]["slug"].as_str().unwrap().to_owned()
        };
        assert!(servers.iter().all(|server| first(server) != "mikulov"), "{name}");
        let mut conn = servers[0].db.conn().unwrap();
        let all = Directory::new(stored::load(&servers[0].db).unwrap());
        change(&mut conn, |c| -> Result<(), StorageError> {
            let next = version::next_version(c)?;
            for (slug, need, offer) in [
                ("novyi-bilous", "culture/heritage", "safety/continuity"),
                ("mikulov", "safety/continuity", "culture/heritage"),
            ] {
                let id = all.municipality(all.by_slug(slug).unwrap()).id;
                profiles::put(c, id, &stating(need, offer))?;
                facts::set_status(c, id, Status::Verified, false)?;
                version::touch(c, id, next)?;
            }
            Ok(())
        })
        .unwrap();
        drop(conn);
        let begun = Instant::now();
        for server in &servers {
            while first(server) != "mikulov" {
                assert!(begun.elapsed() < Duration::from_secs(3), "{name}: the list stayed");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        assert!(begun.elapsed() < Duration::from_millis(1_500), "{name}: {:?}", begun.elapsed());
    }
}
