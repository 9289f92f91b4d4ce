//! Both databases keep the same promises, also where they differ by nature.

use std::sync::Arc;
use std::time::Duration;

use diesel::prelude::*;
use mosty::domain::account::{Office, Person};
use mosty::domain::curation::ControlFact;
use mosty::domain::directory::{Contents, Directory, Row};
use mosty::domain::draft::Draft;
use mosty::domain::event::Subject;
use mosty::domain::fact::{Origin, Population};
use mosty::domain::municipality::{Control, MunicipalityId, Status};
use mosty::domain::tie::{Place, Tie};
use mosty::domain::time::PartialDate;
use mosty::i18n::Lang;
use mosty::invented;
use mosty::listing::{Filter, Listing, Sort};
use mosty::matching::{Corpus, Settings, Weights};
use mosty::snapshot::Snapshot;
use mosty::storage::connection::{migrate, unmigrate};
use mosty::storage::directory::{changes_after, load};
use mosty::storage::facts::{put_population, set_control, set_status};
use mosty::storage::merges::merge;
use mosty::storage::shipped::{apply_shipped, kept_beside};
use mosty::storage::version::{next_version, state, touch};
use mosty::storage::{Db, DbConn, StorageError, accounts, change, events, jobs, profiles, ties};

use crate::support::{TestDb, fixture, now};

fn directory(db: &TestDb) -> Directory {
    Directory::new(load(&db.db).unwrap())
}

#[test]
fn migrations_go_up_down_and_up_again() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        unmigrate(&mut conn).unwrap();
        migrate(&mut conn).unwrap();
        assert_eq!(state(&mut conn).unwrap().version, 0, "{}", db.name);
    }
}

#[test]
fn the_shipped_directory_is_taken_in_once_and_then_as_a_difference() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let mut drafts = fixture();
        let mut steps = 0;
        let first = apply_shipped(&mut conn, &drafts, "one", now(), &mut |_| steps += 1).unwrap();
        assert_eq!((first.new, first.changed), (drafts.len(), 0), "{}", db.name);
        assert!(steps > 0, "the progress was never told");
        let again = apply_shipped(&mut conn, &drafts, "one", now(), &mut |_| {}).unwrap();
        assert_eq!(again.unchanged, drafts.len());

        let before = directory(&db);
        let swidnik = before.municipality(before.by_slug("swidnik").unwrap()).id;
        let curated =
            Population { value: 1, year: None, source: "a person".into(), estimated: false };
        put_population(&mut conn, swidnik, Origin::Curated, &curated).unwrap();

        let at = drafts.iter().position(|d| d.name == "Świdnik").unwrap();
        drafts[at].population.as_mut().unwrap().value = 40_000;
        drafts[at].slugs = vec!["another-slug".into()];
        drafts[at].names.other = "Swidnik on the hill".into();
        drafts[at].district = "powiat świdnicki".into();
        drafts.push(crate::support::place(77, "FR", "1", "Nouvelle", 900, (45.0, 2.0)));
        let second = apply_shipped(&mut conn, &drafts, "two", now(), &mut |_| {}).unwrap();
        assert_eq!((second.new, second.changed), (1, 1), "{}", db.name);

        let after = directory(&db);
        let row = after.by_slug("swidnik").expect("slugs are stable");
        assert_eq!(after.municipality(row).people(), 1, "a curated figure was hidden");
        assert_eq!(after.record(row).names.other, "Swidnik on the hill");
        assert_eq!(after.municipality(row).district, "powiat świdnicki");
        assert!(after.by_slug("nouvelle").is_some());
        assert_eq!(after.by_geonames(999_001), after.by_slug("lublin"), "a part lost its owner");
        let log = events::of(&mut conn, Subject::Municipality, swidnik.0).unwrap();
        assert_eq!(log.last().unwrap().action, "updated");
        assert_eq!(log.last().unwrap().at, now(), "{}: the moment reads back different", db.name);
    }
}

#[test]
fn a_newer_directory_that_says_more_of_districts_alone_is_taken_in() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let mut drafts = fixture();
        apply_shipped(&mut conn, &drafts, "one", now(), &mut |_| {}).unwrap();
        let at = drafts.iter().position(|d| d.name == "Lublin").unwrap();
        drafts[at].district = "powiat lubelski".into();
        let applied = apply_shipped(&mut conn, &drafts, "two", now(), &mut |_| {}).unwrap();
        assert_eq!((applied.new, applied.changed), (0, 1), "{}", db.name);
        let after = directory(&db);
        let lublin = after.municipality(after.by_slug("lublin").unwrap());
        assert_eq!(lublin.district, "powiat lubelski");
    }
}

#[test]
fn what_an_import_says_of_control_outlives_a_newer_directory_and_parts_are_merged() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let mut drafts = fixture();
        apply_shipped(&mut conn, &drafts, "one", now(), &mut |_| {}).unwrap();
        let before = directory(&db);
        let id = before.municipality(before.by_slug("bakhmut").unwrap()).id;
        change(&mut conn, |conn| {
            let since = PartialDate::parse("2025-01-02");
            let (source, origin) = ("a list".to_owned(), Origin::Imported);
            set_control(
                conn,
                id,
                &ControlFact { control: Control::Partly, since, source, origin },
            )?;
            let version = next_version(conn)?;
            touch(conn, id, version)
        })
        .unwrap();
        // The newer directory has one entry less: a part of another by now.
        let gone = drafts.iter().position(|d| d.name == "Town 7").unwrap();
        let part = drafts.remove(gone).geonames_id.unwrap();
        let at = drafts.iter().position(|d| d.name == "Lublin").unwrap();
        drafts[at].part_ids.push(part);
        apply_shipped(&mut conn, &drafts, "two", now(), &mut |_| {}).unwrap();
        let after = directory(&db);
        let bakhmut = after.municipality(after.by_slug("bakhmut").unwrap());
        assert_eq!(bakhmut.control, Control::Partly, "{}", db.name);
        assert_eq!(bakhmut.control_since, PartialDate::parse("2025-01-02"));
        assert_eq!(bakhmut.control_source, "a list");
        let lublin = after.by_slug("lublin");
        assert_eq!((after.by_slug("town-7"), after.by_geonames(part)), (lublin, lublin));
    }
}

/// A newer directory is a difference to a database in use: names, seats and
/// figures are mended, a new entry takes the place of a part, and what left the
/// files goes into the municipality it lies in, new or old, unless somebody
/// uses it.
#[test]
fn a_database_in_use_takes_in_a_mended_directory() {
    for db in TestDb::each() {
        let name = db.name;
        let mut drafts = fixture();
        let at = |drafts: &[Draft], name: &str| drafts.iter().position(|d| d.name == name).unwrap();
        // Once a part of Lublin, later a municipality of its own.
        let village = 7_777_777;
        let lublin = at(&drafts, "Lublin");
        drafts[lublin].part_ids.push(village);
        let mut conn = db.db.conn().unwrap();
        apply_shipped(&mut conn, &drafts, "one", now(), &mut |_| {}).unwrap();
        let before = directory(&db);
        let of = |slug: &str| before.municipality(before.by_slug(slug).unwrap()).id;
        let (stating, tied, merged) = (of("town-7"), of("town-8"), of("town-9"));
        change(&mut conn, |conn| -> Result<(), StorageError> {
            let heating = invented::featured::profile("novyi-bilous", now().date());
            profiles::put(conn, stating, &heating.unwrap())?;
            let ends = [of("novyi-bilous"), tied].map(Place::Listed);
            let [a, b] = ends;
            ties::insert(conn, &[Tie { a, b, since: None, source: "a list".to_owned() }])?;
            let person = Person {
                name: "Officer".to_owned(),
                email: "officer@example.org".to_owned(),
                language: "en".to_owned(),
            };
            let officer = accounts::create(conn, &person, Office::Admin, None, now())?;
            merge(conn, merged, of("mikulov"), officer, now())
        })
        .unwrap();

        let mikulov = at(&drafts, "Mikulov");
        drafts[mikulov].name = "Mikulov na Moravě".to_owned();
        drafts[mikulov].centre = "Mikulov".to_owned();
        drafts[mikulov].population.as_mut().unwrap().value = 7_401;
        let mut ids = Vec::new();
        for leaving in ["Town 7", "Town 8", "Town 9", "Town 10", "Town 11"] {
            ids.extend(drafts.remove(at(&drafts, leaving)).geonames_id);
        }
        let mut gmina = crate::support::place(village, "PL", "75", "Gmina", 4_000, (51.3, 22.6));
        gmina.part_ids = vec![ids[4]];
        drafts.push(gmina);
        let lublin = at(&drafts, "Lublin");
        drafts[lublin].part_ids = ids[..4].to_vec();
        let applied = apply_shipped(&mut conn, &drafts, "two", now(), &mut |_| {}).unwrap();
        assert_eq!(applied.new, 1, "{name}");

        let after = directory(&db);
        let renamed = after.municipality(after.by_slug("mikulov").unwrap());
        assert_eq!((&*renamed.name, &*renamed.centre), ("Mikulov na Moravě", "Mikulov"), "{name}");
        assert_eq!((renamed.id, renamed.people()), (of("mikulov"), 7_401), "{name}");
        let slug = |row: Option<Row>| row.map(|row| after.municipality(row).slug.clone());
        // In use: they stay, and the check says so.
        assert_eq!(slug(after.by_slug("town-7")).as_deref(), Some("town-7"), "{name}");
        let stated = after.record(after.by_slug("town-7").unwrap());
        assert!(stated.profile.states_anything(now().date()), "{name}");
        assert_eq!(after.ties_of(tied).count(), 1, "{name}");
        // Merged by an officer, which a newer directory leaves alone.
        assert_eq!(slug(after.by_slug("town-9")).as_deref(), Some("mikulov"), "{name}");
        // Not in use: to the old owner, or to a new one.
        assert_eq!(slug(after.by_slug("town-10")).as_deref(), Some("lublin"), "{name}");
        assert_eq!(slug(after.by_geonames(ids[4])).as_deref(), Some("gmina"), "{name}");
        assert_eq!(slug(after.by_geonames(village)).as_deref(), Some("gmina"), "{name}");
        let kept = kept_beside(&mut conn, &drafts).unwrap();
        let kept: Vec<_> = kept.iter().map(|k| (&*k.slug, k.part_of.as_deref())).collect();
        assert_eq!(kept, [("town-7", Some("lublin")), ("town-8", Some("lublin"))], "{name}");
        // Once more changes nothing.
        let again = apply_shipped(&mut conn, &drafts, "three", now(), &mut |_| {}).unwrap();
        assert_eq!((again.new, again.changed), (0, 0), "{name}");
    }
}

#[test]
fn versions_are_given_once_each_to_writers_at_the_same_time() {
    for db in TestDb::each() {
        let given: Vec<i64> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        (0..10)
                            .map(|_| {
                                let mut conn = db.db.conn().unwrap();
                                change(&mut conn, next_version).unwrap()
                            })
                            .collect::<Vec<i64>>()
                    })
                })
                .collect();
            writers.into_iter().flat_map(|w| w.join().unwrap()).collect()
        });
        let mut sorted = given.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (1..=40).collect::<Vec<i64>>(), "{}", db.name);
    }
}

#[test]
fn a_failed_or_panicking_transaction_leaves_nothing() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let failed: Result<(), StorageError> = change(&mut conn, |c| {
            next_version(c)?;
            Err(StorageError::Stale)
        });
        assert!(matches!(failed, Err(StorageError::Stale)));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            change(&mut conn, |c| -> Result<(), StorageError> {
                next_version(c)?;
                panic!("on purpose")
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(state(&mut conn).unwrap().version, 0, "{}", db.name);
        change(&mut conn, next_version).expect("the connection still works");
    }
}

#[test]
fn what_changed_is_read_by_version() {
    for db in TestDb::each() {
        let db = db.filled();
        let before = directory(&db);
        let id = before.municipality(before.by_slug("mikulov").unwrap()).id;
        let mut conn = db.db.conn().unwrap();
        let profile = invented::profile(
            before.municipality(before.by_slug("mikulov").unwrap()),
            now().date(),
        );
        change(&mut conn, |c| -> Result<(), StorageError> {
            let version = next_version(c)?;
            profiles::put(c, id, &profile)?;
            touch(c, id, version)
        })
        .unwrap();
        let changes = changes_after(&mut conn, before.version()).unwrap();
        assert_eq!(changes.records.len(), 1, "{}", db.name);
        assert_eq!(changes.records[0].0.profile, profile, "{}: a profile reads back", db.name);
        assert!(changes_after(&mut conn, changes.version).unwrap().records.is_empty());
    }
}

#[test]
fn ties_are_recorded_once_whichever_end_comes_first() {
    for db in TestDb::each() {
        let db = db.filled();
        let (a, b) = (Place::Listed(MunicipalityId(1)), Place::Listed(MunicipalityId(13)));
        let tie = |a: &Place, b: &Place| Tie {
            a: a.clone(),
            b: b.clone(),
            since: Some(2010),
            source: "a list".into(),
        };
        let mut conn = db.db.conn().unwrap();
        ties::insert(&mut conn, &[tie(&a, &b)]).unwrap();
        let twice = ties::insert(&mut conn, &[tie(&b, &a)]);
        assert!(matches!(twice, Err(StorageError::Conflict)), "{}: {twice:?}", db.name);
        assert_eq!(ties::all(&mut conn).unwrap(), [tie(&a, &b)]);
        let nobody = Place::Listed(MunicipalityId(999_999));
        let dangling = ties::insert(&mut conn, &[tie(&a, &nobody)]);
        assert!(matches!(dangling, Err(StorageError::Conflict)), "{}: foreign keys", db.name);
    }
}

/// What did not change is not made anew, and nobody can tell: lists are those
/// of a snapshot that was read as a whole.
#[test]
fn a_renewed_snapshot_is_the_one_read_anew() {
    for db in TestDb::each() {
        let db = db.filled();
        let live = db.live();
        let first = live.now();
        let id = {
            let directory = &first.directory;
            directory.municipality(directory.by_slug("swidnik").unwrap()).id
        };
        let stated = invented::profile(
            first.directory.municipality(first.directory.by_id(id).unwrap()),
            now().date(),
        );
        db.db
            .change(|conn| -> Result<(), StorageError> {
                let version = next_version(conn)?;
                profiles::put(conn, id, &stated)?;
                set_status(conn, id, Status::Verified, false)?;
                touch(conn, id, version)
            })
            .unwrap();
        assert!(live.renew().unwrap(), "{}", db.name);
        let second = live.now();
        assert!(Arc::ptr_eq(&first.index, &second.index), "{}: all names again", db.name);
        let same_lists = |snapshot: &Snapshot| {
            let anew = Listing::new(&snapshot.directory, snapshot.today);
            for sort in Sort::ALL {
                for statuses in [Vec::new(), vec![Status::Verified]] {
                    let filter = Filter { statuses, ..Filter::default() };
                    let rows = |l: &Listing| l.select(&filter, sort, Lang::Uk).all();
                    assert_eq!(rows(&snapshot.listing), rows(&anew), "{}: {sort:?}", db.name);
                }
            }
            assert_eq!(snapshot.listing.area_counts(), anew.area_counts(), "{}", db.name);
            let weights = Weights::shipped().unwrap();
            let settings = Settings { weights: &weights, today: snapshot.today };
            let partners = |corpus: &Corpus| {
                let all = corpus.rank_all(3);
                (all.of_hromadas, all.of_places)
            };
            let anew = Corpus::new(&snapshot.directory, &settings);
            assert_eq!(partners(&snapshot.corpus), partners(&anew), "{}", db.name);
        };
        same_lists(&second);
        let need = Filter { statuses: vec![Status::Verified], ..Filter::default() };
        assert_eq!(second.listing.select(&need, Sort::Name, Lang::En).len(), 1, "{}", db.name);
        let other = db.live().now();
        assert_eq!(other.directory.records(), second.directory.records(), "{}", db.name);

        // Another name is found at once.
        let mut drafts = fixture();
        let at = drafts.iter().position(|d| d.name == "Świdnik").unwrap();
        drafts[at].names.other = "Swidnik on the hill".into();
        let mut conn = db.db.conn().unwrap();
        apply_shipped(&mut conn, &drafts, "two", now(), &mut |_| {}).unwrap();
        assert!(live.renew().unwrap());
        let third = live.now();
        same_lists(&third);
        let found = third.finder().search("Swidnik on the hill", 1);
        assert_eq!(third.directory.municipality(found[0].row).id, id, "{}", db.name);
        assert!(!Arc::ptr_eq(&second.index, &third.index), "{}", db.name);
    }
}

#[test]
fn a_job_is_held_by_one_worker_until_its_lease_runs_out() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        for i in 0..20 {
            jobs::add(&mut conn, "letter", &i.to_string(), now()).unwrap();
        }
        jobs::add(&mut conn, "letter", "later", now() + Duration::from_secs(60)).unwrap();
        let lease = Duration::from_secs(30);
        let taken: Vec<i64> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|w| {
                    let db = &db;
                    scope.spawn(move || {
                        let mut conn = db.db.conn().unwrap();
                        let token = format!("worker {w}");
                        let mut mine = Vec::new();
                        while let Some(job) =
                            jobs::take(&mut conn, "letter", &token, now(), lease).unwrap()
                        {
                            mine.push(job.id);
                        }
                        mine
                    })
                })
                .collect();
            workers.into_iter().flat_map(|w| w.join().unwrap()).collect()
        });
        let mut sorted = taken.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!((taken.len(), sorted.len()), (20, 20), "{}: a job was taken twice", db.name);
        let late = now() + Duration::from_secs(31);
        let job = jobs::take(&mut conn, "letter", "another", late, lease).unwrap().unwrap();
        assert_eq!(job.attempts, 2);
        assert!(matches!(jobs::finish(&mut conn, job.id, "worker 0"), Err(StorageError::Stale)));
        jobs::finish(&mut conn, job.id, "another").unwrap();
    }
}

/// Many at once share a wait for the disk, but nothing else: one that refuses
/// or panics takes nobody along, and what is said to be done is there for
/// somebody who opens the database anew.
#[test]
fn transactions_at_once_stand_alone_and_last() {
    for db in TestDb::each() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().unwrap();
        let one = |conn: &mut DbConn, i: usize| -> Result<usize, StorageError> {
            jobs::add(conn, "k", &i.to_string(), now())?;
            match i % 4 {
                1 => Err(StorageError::NotFound),
                2 => panic!("{i} falls over"),
                _ => Ok(i),
            }
        };
        // Threads that wait, askers that none waits for, and askers who leave.
        let beside: Vec<_> = (40..80usize)
            .map(|i| {
                let db = db.db.clone();
                runtime.spawn(async move { db.change_beside(move |conn| one(conn, i)).await.ok() })
            })
            .collect();
        let gone: Vec<_> = (80..100usize)
            .map(|i| {
                let db = db.db.clone();
                runtime.spawn(async move {
                    let asked = db.change_beside(move |conn| one(conn, i));
                    tokio::time::timeout(Duration::ZERO, asked).await.is_ok()
                })
            })
            .collect();
        let mut outcomes: Vec<Option<usize>> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..40usize)
                .map(|i| {
                    let db = &db.db;
                    scope.spawn(move || {
                        let waits = || db.change(|conn| one(conn, i));
                        std::panic::catch_unwind(std::panic::AssertUnwindSafe(waits)).ok()?.ok()
                    })
                })
                .collect();
            workers.into_iter().map(|w| w.join().unwrap()).collect()
        });
        runtime.block_on(async {
            for asked in beside {
                outcomes.push(asked.await.unwrap());
            }
            for left in gone {
                left.await.unwrap();
            }
        });
        let mut kept: Vec<usize> = outcomes.into_iter().flatten().collect();
        assert_eq!(kept.len(), 40, "{}: one took others along", db.name);
        kept.extend((80..100).filter(|i| i % 4 == 0 || i % 4 == 3));
        let anew = Db::open(&db.whole_url().parse().unwrap()).unwrap();
        let mut conn = anew.conn().unwrap();
        let mut there: Vec<usize> = Vec::new();
        let (begun, lease) = (std::time::Instant::now(), Duration::from_secs(30));
        // What was asked for by those who left may still be on its way.
        while there.len() < kept.len() && begun.elapsed() < Duration::from_secs(5) {
            while let Some(job) = jobs::take(&mut conn, "k", "w", now(), lease).unwrap() {
                there.push(job.payload.parse().unwrap());
            }
        }
        there.sort_unstable();
        assert_eq!(there, kept, "{}: something half-done was kept, or lost", db.name);
    }
}

/// Another process holds the file: those who wait are told, and nothing stays
/// behind that would keep the next from writing.
#[test]
fn a_file_that_somebody_else_holds_is_waited_for_and_then_told_of() {
    let db = TestDb::sqlite();
    let path = db.whole_url().trim_start_matches("sqlite:").to_owned();
    let mut other = SqliteConnection::establish(&path).unwrap();
    diesel::sql_query("BEGIN IMMEDIATE").execute(&mut other).unwrap();
    let add = || db.db.change(|conn| jobs::add(conn, "k", "", now()));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let add_beside = || {
        let asked = db.db.change_beside(|conn| jobs::add(conn, "k", "", now()));
        runtime.block_on(asked)
    };
    let begun = std::time::Instant::now();
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..2).map(|_| scope.spawn(add)).collect();
        let refused = add_beside().unwrap_err();
        assert!(refused.to_string().contains("locked") || refused.to_string().contains("busy"));
        for one in waiting {
            let refused = one.join().unwrap().unwrap_err();
            assert!(refused.to_string().contains("locked") || refused.to_string().contains("busy"));
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    diesel::sql_query("ROLLBACK").execute(&mut other).unwrap();
    add().unwrap();
    add_beside().unwrap();
}

#[test]
fn status_of_somebody_who_is_not_there_is_not_found() {
    for db in TestDb::each() {
        let mut conn = db.db.conn().unwrap();
        let set = mosty::storage::facts::set_status(
            &mut conn,
            MunicipalityId(5),
            Status::Verified,
            false,
        );
        assert!(matches!(set, Err(StorageError::NotFound)), "{}", db.name);
    }
}

/// What differs silently between the two, and the rule that hides it.
#[test]
fn traps_between_the_databases_stay_shut() {
    for db in TestDb::each() {
        let db = db.filled();
        let mut conn = db.db.conn().unwrap();
        // Text with NUL never reaches a database.
        assert_eq!(mosty::domain::text::clean("a\0b"), "ab");
        // Foreign keys hold on SQLite too.
        let orphan = diesel::sql_query(
            "INSERT INTO slug_aliases (slug, municipality_id) VALUES ('x', 424242)",
        )
        .execute(&mut *conn);
        assert!(orphan.is_err(), "{}: foreign keys are off", db.name);
        // Ids of removed rows are not given again.
        for _ in 0..2 {
            diesel::sql_query(
                "INSERT INTO jobs (kind, payload, run_at, attempts) \
                 VALUES ('k', '', '2026-01-01 00:00:00', 0)",
            )
            .execute(&mut *conn)
            .unwrap();
            diesel::sql_query("DELETE FROM jobs").execute(&mut *conn).unwrap();
        }
        jobs::add(&mut conn, "k", "", now()).unwrap();
        let job = jobs::take(&mut conn, "k", "t", now(), Duration::from_secs(1)).unwrap().unwrap();
        assert_eq!(job.id, 3, "{}", db.name);
        // A row added after rows with ids of their own gets a new one.
        let mut drafts = fixture();
        drafts.push(crate::support::place(1, "FR", "1", "Une", 900, (45.0, 2.0)));
        apply_shipped(&mut conn, &drafts, "more", now(), &mut |_| {}).unwrap();
        let contents: Contents = load(&db.db).unwrap();
        assert_eq!(contents.records.len(), drafts.len(), "{}", db.name);
    }
}
