//! The program as it is called, on both databases.

use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Output};

use tempfile::{NamedTempFile, TempDir};

use crate::support::{TestDb, now, reference_data};

fn mosty(database: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mosty"))
        .args(["--database-url", database, "--log", "error"])
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// One sentence on standard error, and nothing else.
fn complains(output: &Output, code: i32, about: &str) {
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert!(error.contains(about), "“{error}” does not speak of “{about}”");
    assert!(!error.contains("panicked"), "{error}");
}

/// A database that the program believes to hold the shipped directory,
/// though it holds the small one.
pub fn small() -> Vec<TestDb> {
    let fingerprint = mosty::import::shipped::fingerprint();
    TestDb::each()
        .into_iter()
        .inspect(|db| {
            let mut conn = db.db.conn().unwrap();
            mosty::storage::shipped::apply_shipped(
                &mut conn,
                &crate::support::fixture(),
                &fingerprint,
                now(),
                &mut |_| {},
            )
            .unwrap();
        })
        .collect()
}

fn file(content: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    file
}

#[test]
fn partners_are_ranked_by_slug_code_and_id_the_same_everywhere() {
    let mut answers = Vec::new();
    for db in small() {
        for id in ["novyi-bilous", "UA74100000000000001", "700001"] {
            for threads in ["1", "2"] {
                let output = mosty(
                    &db.whole_url(),
                    &["rank", "--for", id, "--limit", "7", "--json", "--threads", threads],
                );
                assert!(output.status.success(), "{}", text(&output.stderr));
                answers.push(text(&output.stdout));
            }
        }
    }
    assert!(answers.windows(2).all(|w| w[0] == w[1]), "answers differ");
    let answer: serde_json::Value = serde_json::from_str(&answers[0]).unwrap();
    assert_eq!(answer["subject"]["katottg"], "UA74100000000000001");
    let matches = answer["matches"].as_array().unwrap();
    assert_eq!(matches.len(), 7);
    for m in matches {
        let sum: f64 = m["criteria"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["contribution"].as_f64().unwrap())
            .sum();
        assert!((sum - m["score"].as_f64().unwrap()).abs() < 1e-6);
        assert!(m["municipality"]["geonames_id"].is_i64());
        assert_eq!(m["coverage"]["of"], 9);
        assert!(m["reasons_for_subject"].is_array() && m["reasons_for_partner"].is_array());
    }
}

#[test]
fn wrong_use_gets_one_sentence() {
    let db = &small()[0];
    let url = db.whole_url();
    complains(&mosty(&url, &["rank", "--for", "nobody"]), 1, "no municipality has the slug");
    complains(&mosty(&url, &["rank"]), 1, "--for ID");
    complains(&mosty(&url, &["rank", "--all", "--limit", "0"]), 2, "--limit");
    complains(&mosty(&url, &["nonsense"]), 2, "nonsense");
    complains(&mosty("mysql://x", &["check"]), 2, "sqlite:FILE");
    complains(&mosty("sqlite:/nowhere/at/all.db", &["check"]), 1, "folder exists");
    complains(
        &mosty("postgres://u:hidden-word@127.0.0.1:1/none", &["check"]),
        1,
        "cannot reach the PostgreSQL server",
    );
    let output = mosty("postgres://u:hidden-word@127.0.0.1:1/none", &["check"]);
    assert!(!text(&output.stderr).contains("hidden-word"), "a password was printed");
    let pairs = file(b"a,b\n1,2\n");
    let path = pairs.path().to_str().unwrap();
    complains(&mosty(&url, &["evaluate", "--pairs", path]), 1, "no column “ua_katottg”");
    complains(&mosty(&url, &["evaluate", "--pairs", "/no/such.csv"]), 1, "cannot be opened");
}

#[test]
fn a_port_in_use_and_a_read_only_file_are_said_so() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let db = &small()[0];
    complains(
        &mosty(&db.whole_url(), &["serve", "--bind", &address]),
        1,
        "another program uses it",
    );
    complains(&mosty(&db.whole_url(), &["serve", "--bind", "nonsense"]), 1, "ADDRESS:PORT");

    // A folder that nobody may write to; root may, so it is asked only of
    // others.
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("read-only.db");
    std::fs::write(&path, b"this is not a database").unwrap();
    let output = mosty(&format!("sqlite:{}", path.display()), &["check"]);
    complains(&output, 1, "not a database");
}

const HEADER: &str = "katottg,population_2022,control,occupied_until\n";

#[test]
fn official_figures_replace_estimates_and_bad_rows_stop_everything() {
    for db in small() {
        let url = db.whole_url();
        let mut rows = HEADER.to_owned();
        for i in 0..8 {
            rows.push_str(&format!("UA7410{:013},{},government,2022-03\n", 10 + i, 5_000 + i));
        }
        for i in 0..200 {
            rows.push_str(&format!("UA99{i},x,,\n"));
        }
        let mixed = file(rows.as_bytes());
        let path = mixed.path().to_str().unwrap();
        let refused = mosty(&url, &["import", "hromadas", path, "--json"]);
        assert_eq!(refused.status.code(), Some(1));
        let summary: serde_json::Value = serde_json::from_slice(&refused.stdout).unwrap();
        assert_eq!(
            (summary["changed"].as_i64(), summary["invalid"].as_i64()),
            (Some(8), Some(200))
        );
        assert_eq!(summary["applied"], false);
        complains(&refused, 1, "nothing was changed");
        let read = text(&mosty(&url, &["import", "hromadas", path, "--dry-run"]).stdout);
        let first = read.lines().next().unwrap();
        assert!(first.contains("line    10") && first.contains("invalid"), "{read}");
        let unchanged = db.live().now();
        let row = unchanged.directory.by_katottg("UA74100000000000010").unwrap();
        assert_eq!(unchanged.directory.municipality(row).people(), 3_000, "{}", db.name);

        let dry =
            mosty(&url, &["import", "hromadas", path, "--json", "--skip-invalid", "--dry-run"]);
        assert!(dry.status.success());
        let done = mosty(&url, &["import", "hromadas", path, "--json", "--skip-invalid"]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        let now = db.live().now();
        let m =
            now.directory.municipality(now.directory.by_katottg("UA74100000000000010").unwrap());
        let figure = m.population.as_ref().unwrap();
        assert_eq!((figure.value, figure.year, figure.estimated), (5_000, Some(2022), false));
        let past = m.occupied_until.as_ref().unwrap();
        assert_eq!(past.until.to_string(), "2022-03", "{}", db.name);
        assert!(!past.source.is_empty(), "{}", db.name);
        let again = mosty(&url, &["import", "hromadas", path, "--json", "--skip-invalid"]);
        let summary: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
        assert_eq!(summary["unchanged"], 8, "{}", db.name);
    }
}

#[test]
fn public_data_and_round_sheets_are_written_as_files() {
    let db = &small()[0];
    let url = db.whole_url();
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let export = |args: &[&str]| mosty(&url, &[&["export"], args].concat());

    let csv = export(&["municipalities", "--country", "ua"]);
    let lines = text(&csv.stdout);
    assert_eq!(lines.lines().count(), 13, "{lines}");
    assert!(lines.starts_with("slug,name_en,name_uk,"));
    let json = export(&["municipalities", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len() as u64, json["total"].as_u64().unwrap());
    let points = export(&["municipalities", "--format", "geojson"]);
    let points: serde_json::Value = serde_json::from_slice(&points.stdout).unwrap();
    assert_eq!(points["features"].as_array().unwrap().len() as u64, json["total"]);

    let book = path("all.xlsx");
    let output = export(&["municipalities", "--format", "xlsx", "--out", &book, "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
    complains(&export(&["ties", "--format", "geojson"]), 1, "csv or xlsx");
    complains(&export(&["municipalities", "--out", "/no/where.csv"]), 1, "cannot be written");
    complains(&export(&["municipalities", "--country", "Poland"]), 2, "two-letter");
    complains(&export(&["municipalities", "--out", &path("all.pdf")]), 1, "ends in .csv");
    assert!(!std::path::Path::new(&path("all.pdf")).exists());

    let subjects = file(b"novyi-bilous\n");
    let candidates = file(b"swidnik\n765876,Lublin\n");
    let lists = [
        "rank",
        "--subjects",
        subjects.path().to_str().unwrap(),
        "--candidates",
        candidates.path().to_str().unwrap(),
    ];
    let sheet = text(&mosty(&url, &lists).stdout);
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    assert!(sheet.lines().next().unwrap().starts_with("subject,rank,partner,country,score"));
    let book = path("round.xlsx");
    let output = mosty(&url, &[&lists[..], &["--format", "xlsx", "--out", &book]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let db = &small()[0];
    let url = db.whole_url();
    let check = |kind: &str, content: &[u8], about: &str| {
        let file = file(content);
        let output = mosty(&url, &["import", kind, file.path().to_str().unwrap()]);
        complains(&output, 1, about);
    };
    check("hromadas", b"code,people\n1,2\n", "no column “katottg”");
    check("hromadas", b"katottg,name\nUA1,\xC3\x28\n", "not in UTF-8 (line 2)");
    check("municipalities", b"name\nx\n", "no column");
    check("partnerships", b"", "no column");
    check("twinnings", b"a\n1\n", "no column “b”");
    check("hromadas", b"katottg,control\nUA74100000000000001,martian\n", "nothing was changed");
    let later = b"katottg,occupied_until\nUA74100000000000001,2099\n";
    check("hromadas", later, "nothing was changed");
}

#[test]
fn profiles_are_imported_with_needs_offers_and_languages() {
    for db in small() {
        let csv = "id,needs,offers,languages,formats,openness,capacity,status\n\
            swidnik,safety/continuity:1,energy/heating:4=Eleven schools moved to a heat network,\
            en:B2;pl:C1,online;study-visit,open,1,verified\n\
            novyi-bilous,energy/heating:2;education/youth-exchange,safety/continuity:4,en:B1;uk:C1,\
            online,open,2,claimed\n";
        let good = file(csv.as_bytes());
        let path = good.path().to_str().unwrap();
        let output = mosty(&db.whole_url(), &["import", "municipalities", path, "--json"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(summary["new"], 2, "{summary}");
        let output =
            mosty(&db.whole_url(), &["rank", "--for", "novyi-bilous", "--limit", "1", "--json"]);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let first = &answer["matches"][0];
        assert_eq!(first["municipality"]["slug"], "swidnik", "{}", db.name);
        let languages = &first["criteria"][6];
        assert_eq!(
            (languages["key"].as_str(), languages["known"].as_bool()),
            (Some("languages"), Some(true))
        );
        // The need is sensitive, so the public score does not count it.
        let needs = first["criteria"][5]["contribution"].as_f64().unwrap();
        assert!(needs > 0.0);
        for bad in [
            "id,needs\nswidnik,energy/magic\n",
            "id,languages\nswidnik,klingon:C1\n",
            "id,needs\nswidnik,energy/heating:9\n",
            "id,capacity\nswidnik,7\n",
            "id,needs\nnobody,\n",
        ] {
            let bad = file(bad.as_bytes());
            let output =
                mosty(&db.whole_url(), &["import", "municipalities", bad.path().to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(1));
        }
    }
}

#[test]
fn partnerships_and_twinnings_become_ties_and_reasons() {
    for db in small() {
        let pairs = file(
            b"ua_katottg,partner_geonameid,since_year\nUA74100000000000001,765876,2009\n\
            UA74100000000000001,999001,\n",
        );
        let path = pairs.path().to_str().unwrap();
        let output = mosty(&db.whole_url(), &["import", "partnerships", path, "--json"]);
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((summary["new"].as_i64(), summary["unchanged"].as_i64()), (Some(1), Some(1)));
        let odd = file(
            b"ua_katottg,partner_geonameid,since_year\nUA74100000000000001,700001,2009\n\
            UA74100000000000001,3083271,3000\nUA74100000000000001,3083271,-4\n",
        );
        let output =
            mosty(&db.whole_url(), &["import", "partnerships", odd.path().to_str().unwrap()]);
        assert_eq!(text(&output.stdout).matches("invalid").count(), 4, "{}", text(&output.stdout));
        let page = db.live().now();
        assert!(page.directory.ties().iter().all(|t| t.source == "unnamed"), "a file name shows");
        let twins = file(b"a,b\n765876,3070291\n765876,palestine:ramallah\n");
        let output =
            mosty(&db.whole_url(), &["import", "twinnings", twins.path().to_str().unwrap()]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let ranked =
            mosty(&db.whole_url(), &["rank", "--for", "novyi-bilous", "--limit", "500", "--json"]);
        let answer: serde_json::Value = serde_json::from_slice(&ranked.stdout).unwrap();
        let listed = answer["matches"].as_array().unwrap();
        assert!(
            listed.iter().all(|m| m["municipality"]["slug"] != "lublin"),
            "a partner is suggested"
        );
        let mikulov = listed.iter().find(|m| m["municipality"]["slug"] == "mikulov").unwrap();
        let keys: Vec<&str> = mikulov["reasons_for_subject"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|r| r["key"].as_str())
            .collect();
        assert!(keys.contains(&"reason-shared-partner"), "{}: {keys:?}", db.name);
    }
}

#[test]
fn weights_are_learned_and_measured_from_files() {
    let Some(known) = reference_data("known_partnerships.csv") else { return };
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("whole.db").display());
    let twins = known.with_file_name("european_twinnings.csv");
    let output = mosty(
        &url,
        &[
            "evaluate",
            "--pairs",
            known.to_str().unwrap(),
            "--twinnings",
            twins.to_str().unwrap(),
            "--cold",
            "--json",
        ],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Those of hromadas under occupation are left out, and counted.
    let left_out = report["occupied"].as_u64().unwrap();
    assert!(left_out > 0);
    assert_eq!(report["pairs"].as_u64().unwrap() + left_out, 728);
    for key in ["candidates", "hit_at_10", "hit_at_50", "mrr", "auc", "by_size", "exposure"] {
        assert!(!report[key].is_null(), "no {key}");
    }
    assert!(report["auc"].as_f64().unwrap() > 0.9);

    let head: Vec<String> =
        std::fs::read_to_string(&known).unwrap().lines().take(5).map(str::to_owned).collect();
    let few = file(head.join("\n").as_bytes());
    let few = few.path().to_str().unwrap();
    let out = folder.path().join("weights.json");
    let out = out.to_str().unwrap();
    complains(&mosty(&url, &["evaluate", "--pairs", few, "--folds", "2"]), 1, "too few");
    complains(&mosty(&url, &["fit", "--pairs", few, "--out", out]), 1, "too few");
}

/// The whole shipped directory, where it matters that it is whole.
#[test]
fn the_shipped_directory_loads_and_can_be_read_whole() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("whole.db").display());
    let output = mosty(&url, &["check", "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["hromadas"], 1_470);
    assert!(answer["places"].as_i64().unwrap() > 55_000);
    assert!(answer["occupied"].as_i64().unwrap() > 50);
}

#[test]
fn a_municipality_is_named_wherever_one_is_asked_for() {
    for db in small() {
        let url = db.whole_url();
        let slug = |id: &str| {
            let output = mosty(&url, &["rank", "--for", id, "--limit", "1", "--json"]);
            assert!(output.status.success(), "{id}: {}", text(&output.stderr));
            let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            answer["subject"]["slug"].as_str().unwrap().to_owned()
        };
        assert_eq!(slug("Новобілоуська сільська рада"), "novyi-bilous", "{}", db.name);
        assert_eq!(slug("Świdnik, Poland"), "swidnik", "{}", db.name);
        complains(&mosty(&url, &["rank", "--for", "Świdnik, Spain"]), 1, "no municipality");
        let subjects = file("Новобілоуська громада\nlublin,Lublin,PL\n".as_bytes());
        let candidates = file("\"Mikulov, Czechia\"\nnovyi-bilous\n".as_bytes());
        let (subjects, candidates) = (subjects.path(), candidates.path());
        let sheet = mosty(
            &url,
            &[
                "rank",
                "--subjects",
                subjects.to_str().unwrap(),
                "--candidates",
                candidates.to_str().unwrap(),
                "--json",
            ],
        );
        assert!(sheet.status.success(), "{}", text(&sheet.stderr));
        let sheet: serde_json::Value = serde_json::from_slice(&sheet.stdout).unwrap();
        let of: Vec<&str> = sheet
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|r| r["subject"]["slug"].as_str())
            .collect();
        assert_eq!(of, ["novyi-bilous", "lublin"], "{}", db.name);
        let pairs = file(
            "ua_katottg,partner_geonameid,since_year\nНовобілоуська громада,\"Mikulov, \
             Чехія\",2011\nНовобілоуська громада,\"Mikulov, Italy\",\n"
                .as_bytes(),
        );
        let output = mosty(&url, &["import", "partnerships", pairs.path().to_str().unwrap()]);
        let said = text(&output.stdout);
        assert!(said.contains("(mikulov)") && said.matches("invalid").count() == 2, "{said}");
    }
}
