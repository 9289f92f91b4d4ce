//! Which part of the source may use which, and that no files use each other in
//! a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::sources;

/// Each part of the source, and the parts that it may use beside itself. A part
/// is a folder or a file; of several the longest that fits counts.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("auth", &["domain"]),
    ("media", &["domain"]),
    ("i18n", &["domain"]),
    ("invented", &["domain"]),
    ("matching", &["domain"]),
    ("search", &["domain", "i18n"]),
    ("wording", &["domain", "i18n", "matching", "search"]),
    ("listing", &["domain", "i18n", "wording"]),
    ("import", &["domain", "i18n", "search", "wording"]),
    ("storage", &["domain", "media"]),
    ("config", &["domain", "storage"]),
    ("snapshot", &["domain", "import", "listing", "matching", "search", "storage"]),
    ("mail", &["auth", "domain", "i18n", "storage"]),
    ("export", &["domain", "i18n", "matching", "snapshot", "wording"]),
    ("jobs", &["auth", "domain", "i18n", "mail", "snapshot", "storage", "wording"]),
    (
        "web/kit",
        &[
            "auth", "domain", "i18n", "import", "mail", "matching", "media", "snapshot", "storage",
            "wording",
        ],
    ),
    (
        "web/directory",
        &[
            "domain", "export", "i18n", "invented", "listing", "matching", "search", "snapshot",
            "storage", "web/kit", "wording",
        ],
    ),
    (
        "web/people",
        &["auth", "domain", "i18n", "mail", "snapshot", "storage", "web/kit", "wording"],
    ),
    (
        "web/office",
        &["auth", "domain", "i18n", "mail", "media", "snapshot", "storage", "web/kit", "wording"],
    ),
    (
        "web/admin",
        &["auth", "domain", "export", "i18n", "mail", "snapshot", "storage", "web/kit", "wording"],
    ),
    ("web/guard", &["domain", "storage", "web/kit", "web/people"]),
    (
        "web/routes",
        &[
            "domain",
            "web/admin",
            "web/directory",
            "web/guard",
            "web/kit",
            "web/office",
            "web/people",
        ],
    ),
    ("web/server", &["jobs", "web/directory", "web/kit", "web/routes"]),
    ("web", &[]),
    (
        "cli",
        &[
            "auth", "config", "domain", "export", "i18n", "import", "invented", "mail", "matching",
            "search", "snapshot", "storage", "web", "wording",
        ],
    ),
];

/// Uses against that order, each with its reason; at most five.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "web/admin/claims",
    "web/office/claim_view",
    "officers see a claim as its claimant does, with the same evidence",
)];

/// Files that may use each other.
const CIRCLE: [&str; 2] = ["storage/connection", "storage/writer"];

/// The source as modules: `web/kit/form`, or `web/kit` for its `mod.rs`.
struct Sources {
    texts: BTreeMap<String, String>,
    /// What a module offers of others: `web/App` is `web/kit/app/App`.
    offered: BTreeMap<String, String>,
}

impl Sources {
    fn read() -> Sources {
        let module = |path: &str| {
            let path = path.trim_start_matches("src/").trim_end_matches(".rs");
            path.trim_end_matches("/mod").to_owned()
        };
        let all = sources("src").into_iter().map(|(path, text)| (module(&path), text));
        let texts = all.filter(|(name, _)| name != "lib" && name != "main").collect();
        let mut read = Sources { texts, offered: BTreeMap::new() };
        let mut offered = BTreeMap::new();
        for (name, text) in &read.texts {
            for tree in uses(text).iter().filter_map(|u| u.strip_prefix("pub ")) {
                for path in leaves(tree) {
                    let last = path.rsplit('/').next().unwrap().to_owned();
                    offered
                        .extend(read.absolute(name, &path).map(|p| (format!("{name}/{last}"), p)));
                }
            }
        }
        read.offered = offered;
        read
    }

    /// A path as it is written in a module, from the root of the source; none
    /// for one of another crate.
    fn absolute(&self, module: &str, path: &str) -> Option<String> {
        let mut from: Vec<&str> = module.split('/').collect();
        let mut parts: Vec<&str> = path.split('/').collect();
        match parts[0] {
            "crate" => return Some(parts[1..].join("/")),
            "self" => drop(parts.remove(0)),
            "super" => {
                while parts.first() == Some(&"super") {
                    from.pop();
                    parts.remove(0);
                }
            }
            own => {
                self.texts.get(&format!("{module}/{own}"))?;
            }
        }
        Some(from.into_iter().chain(parts).collect::<Vec<_>>().join("/"))
    }

    /// The file that a path from the root leads to.
    fn file(&self, path: &str) -> Option<&str> {
        let mut path = path.to_owned();
        loop {
            let ends = path.match_indices('/').map(|(i, _)| i).chain([path.len()]);
            let offered = ends.collect::<Vec<_>>().into_iter().find_map(|end| {
                let (head, rest) = path.split_at(end);
                // A module goes before what is offered under its name.
                if self.texts.contains_key(head) {
                    return None;
                }
                self.offered.get(head).map(|to| format!("{to}{rest}"))
            });
            match offered.filter(|to| *to != path) {
                Some(to) => path = to,
                None => break,
            }
        }
        let ends = path.match_indices('/').map(|(i, _)| i).chain([path.len()]);
        let mut heads: Vec<&str> = ends.map(|end| &path[..end]).collect();
        heads.reverse();
        heads.into_iter().find_map(|head| self.texts.get_key_value(head)).map(|(name, _)| &**name)
    }

    /// The files that each file uses.
    fn graph(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let of = |name: &str, text: &str| -> BTreeSet<&str> {
            let mut paths: Vec<String> = Vec::new();
            let mut rest = text.to_owned();
            for tree in uses(text) {
                rest = rest.replace(&format!("use {}", tree.trim_start_matches("pub ")), "");
                paths.extend(leaves(tree.trim_start_matches("pub ")));
            }
            for start in ["crate::", "super::"] {
                paths.extend(rest.match_indices(start).map(|(at, _)| {
                    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
                    let end = rest[at..].find(|c| !is_path(c)).unwrap_or(rest.len() - at);
                    rest[at..at + end].trim_end_matches(':').replace("::", "/")
                }));
            }
            let found = paths.iter().filter_map(|path| self.file(&self.absolute(name, path)?));
            found.filter(|file| *file != name).collect()
        };
        self.texts.iter().map(|(name, text)| (name.as_str(), of(name, text))).collect()
    }
}

/// The trees of all `use` of a text, `pub ` before those that are offered.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("use ") {
        let line = text[..at].rsplit('\n').next().unwrap().trim();
        if line.is_empty() || line.starts_with("pub") {
            let tree = text[at + 4..].split(';').next().unwrap();
            let offered = if line.is_empty() { "" } else { "pub " };
            found.push(format!("{offered}{tree}"));
        }
    }
    found
}

/// The paths of a tree of uses, with `/` between their parts.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().replace("::", "/")];
    };
    let head = head.trim().replace("::", "/");
    let inside = rest.rsplit_once('}').unwrap().0;
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            parts.push(String::new())
        } else {
            parts.last_mut().unwrap().push(c)
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    let all = parts.flat_map(|part| leaves(part));
    all.map(|leaf| format!("{head}{leaf}").trim_end_matches("/self").to_owned()).collect()
}

/// The part of the source that a file belongs to.
fn part(file: &str) -> &'static str {
    let fits = |name: &str| file == name || file.starts_with(&format!("{name}/"));
    let parts = MAY_USE.iter().map(|(name, _)| *name).filter(|name| fits(name));
    parts.max_by_key(|name| name.len()).unwrap_or_else(|| panic!("{file} belongs nowhere"))
}

#[test]
fn each_part_uses_only_those_below_it() {
    assert!(EXCEPTIONS.len() <= 5);
    let sources = Sources::read();
    let mut met = BTreeSet::new();
    for (file, used) in sources.graph() {
        let own = part(file);
        let (_, may) = MAY_USE.iter().find(|(name, _)| *name == own).unwrap();
        for other in used {
            let exception = EXCEPTIONS.iter().position(|(a, b, _)| (*a, *b) == (file, other));
            met.extend(exception);
            // What a folder offers itself is of the folder.
            let of = part(other);
            let offered = of.starts_with(&format!("{own}/"));
            let below = may.iter().any(|m| of == *m || of.starts_with(&format!("{m}/")));
            assert!(own == of || below || offered || exception.is_some(), "{file} uses {other}");
        }
    }
    assert_eq!(met.len(), EXCEPTIONS.len(), "an exception is not needed any more");
}

#[test]
fn no_files_use_each_other_in_a_circle_but_two() {
    let sources = Sources::read();
    let graph = sources.graph();
    // What only names and offers its parts leads nowhere by itself.
    let offers_only = |file: &str| {
        let text = &sources.texts[file];
        text.split(';').all(|item| {
            let item = item.lines().filter(|l| !l.starts_with("#[")).collect::<Vec<_>>().join(" ");
            let words: Vec<&str> = item.split_whitespace().collect();
            words.is_empty() || words.iter().take(2).any(|w| ["mod", "use"].contains(w))
        })
    };
    let next = |file: &str| -> Vec<&str> {
        graph[file].iter().copied().filter(|f| !offers_only(f)).collect()
    };
    for &file in graph.keys().filter(|file| !offers_only(file)) {
        let (mut seen, mut open) = (BTreeSet::new(), next(file));
        while let Some(other) = open.pop() {
            let meant = CIRCLE.contains(&file) && CIRCLE.contains(&other);
            assert!(other != file || CIRCLE.contains(&file), "{file} is in a circle: {seen:?}");
            if !meant && seen.insert(other) {
                open.extend(next(other));
            }
        }
    }
}
