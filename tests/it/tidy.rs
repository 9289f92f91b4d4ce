//! What stands nowhere in the source.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &str) -> Vec<PathBuf> {
    fn add(path: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { add(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    add(&root().join(folder), &mut found);
    found.sort();
    found
}

/// A source without its tests and comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or("").to_owned();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

pub fn sources(folder: &str) -> Vec<(String, String)> {
    walk(folder)
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        .map(|p| (p.strip_prefix(root()).unwrap().display().to_string(), code(&p)))
        .collect()
}

fn forbid(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        for word in words {
            assert!(!text.contains(word), "{path} knows “{word}”");
        }
    }
}

#[test]
fn what_is_pure_reads_no_clock_no_file_and_no_database() {
    let outside = ["diesel", "actix", "askama", "Utc::now", "SystemTime"];
    for folder in ["src/domain", "src/matching", "src/auth", "src/search"] {
        forbid(folder, &outside);
    }
    forbid("src/matching", &["std::fs"]);
    forbid("src/storage", &["actix", "askama"]);
    forbid("src/mail", &["diesel", "actix", "askama", "Utc::now"]);
    forbid("src/import", &["diesel", "actix"]);
}

#[test]
fn only_storage_names_diesel_and_only_web_names_actix() {
    for (path, text) in sources("src") {
        let in_folder = |folder: &str| path.starts_with(&format!("src/{folder}/"));
        assert!(in_folder("storage") || !text.contains("diesel"), "{path} names diesel");
        assert!(in_folder("web") || !text.contains("actix_web"), "{path} names actix_web");
        assert!(in_folder("storage") || !text.contains("on_each!"), "{path} uses on_each!");
        let clock = path == "src/cli/open.rs";
        assert!(clock || !text.contains("Utc::now"), "{path} reads the clock");
        assert!(!text.contains("sql_query(format!"), "{path} builds SQL from text");
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |kind: &str| -> BTreeSet<String> {
        std::fs::read_dir(root().join("migrations").join(kind))
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn templates_hold_no_words_and_trust_nothing() {
    let sources: String = sources("src").into_iter().map(|(_, text)| text).collect();
    let templates: Vec<(String, String)> = walk("templates")
        .into_iter()
        .map(|p| {
            let name = p.strip_prefix(root().join("templates")).unwrap().display().to_string();
            (name, std::fs::read_to_string(p).unwrap())
        })
        .collect();
    let all: String = templates.iter().map(|(_, text)| text.as_str()).collect();
    for (name, text) in &templates {
        assert!(!text.contains("|safe"), "{name} trusts a text");
        assert!(!text.contains(" style=") && !text.contains("<style"), "{name} has a style");
        assert!(!text.contains(" onclick=") && !text.contains("<script>"), "{name} has a script");
        let used = sources.contains(&format!("\"{name}\"")) || all.contains(&format!("\"{name}\""));
        assert!(used, "{name} is used by nothing");
        // What is left when tags and expressions are gone is what a person
        // would read in one language only.
        let mut bare = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['<', '{']) {
            bare.push_str(&rest[..at]);
            let end = match &rest[at..] {
                r if r.starts_with("{{") => "}}",
                r if r.starts_with("{%") => "%}",
                r if r.starts_with('<') => ">",
                _ => "{",
            };
            // An expression inside a tag may hold the sign that ends it.
            let mut depth = at + 1;
            if end == ">" {
                let mut inside = false;
                for (i, c) in rest[at..].char_indices() {
                    match c {
                        '{' => inside = true,
                        '}' => inside = false,
                        '>' if !inside => {
                            depth = at + i;
                            break;
                        }
                        _ => {}
                    }
                }
                rest = &rest[depth + 1..];
            } else {
                let i = rest[at + 1..].find(end).unwrap();
                rest = &rest[at + 1 + i + end.len()..];
            }
        }
        bare.push_str(rest);
        let words: Vec<&str> = bare
            .split_whitespace()
            .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1)
            .filter(|w| !["CSV", "GeoJSON", "JSON", "XLSX"].contains(w))
            .collect();
        assert!(words.is_empty(), "{name} holds words of one language: {words:?}");
    }
}

#[test]
fn nothing_is_left_to_do_later() {
    for folder in ["src", "tests", "templates", "static", "bin", "data/build"] {
        for path in walk(folder) {
            let name = path.display().to_string();
            if name.contains("axe.min.js") || name.ends_with("tidy.rs") {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for word in ["TODO", "FIXME", "unimplemented!", "todo!(", "dbg!("] {
                assert!(!text.contains(word), "{name} holds {word}");
            }
        }
    }
}
