//! Names by the letters in threes that they contain.

use std::cell::RefCell;

/// Distinct symbols: a–z, 0–9 and the space at either end.
const SYMBOLS: usize = 37;
const TRIGRAMS: usize = SYMBOLS * SYMBOLS * SYMBOLS;

fn symbol(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => (byte - b'a') as usize,
        b'0'..=b'9' => (byte - b'0') as usize + 26,
        _ => 36,
    }
}

/// The numbers of the trigrams of a key, which is taken to have a space at
/// either end. A key of n letters has n of them.
fn trigrams(key: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = key.as_bytes();
    let at = move |i: usize| {
        let byte = if i == 0 || i > bytes.len() { b' ' } else { bytes[i - 1] };
        symbol(byte)
    };
    (0..bytes.len()).map(move |i| (at(i) * SYMBOLS + at(i + 1)) * SYMBOLS + at(i + 2))
}

/// For each trigram the names that contain it.
pub(super) struct Trigrams {
    starts: Vec<u32>,
    names: Vec<u32>,
    lengths: Vec<u8>,
}

thread_local! {
    /// How many trigrams each name shares with the query; all zero between
    /// searches.
    static SHARED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Trigrams {
    pub(super) fn new<'a>(keys: impl Iterator<Item = &'a str> + Clone) -> Trigrams {
        let mut starts = vec![0u32; TRIGRAMS + 1];
        let mut lengths = Vec::new();
        for key in keys.clone() {
            lengths.push(key.len().min(255) as u8);
            for t in trigrams(key) {
                starts[t + 1] += 1;
            }
        }
        for i in 0..TRIGRAMS {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut names = vec![0u32; starts[TRIGRAMS] as usize];
        for (i, key) in keys.enumerate() {
            for t in trigrams(key) {
                names[next[t] as usize] = i as u32;
                next[t] += 1;
            }
        }
        Trigrams { starts, names, lengths }
    }

    /// The names that contain a trigram.
    fn with(&self, trigram: usize) -> &[u32] {
        &self.names[self.starts[trigram] as usize..self.starts[trigram + 1] as usize]
    }

    /// The names that share at least `least` trigrams with the key, those
    /// that share the largest part first, at most `limit`.
    pub(super) fn alike(&self, key: &str, least: usize, limit: usize) -> Vec<u32> {
        SHARED.with_borrow_mut(|shared| {
            shared.resize(self.lengths.len(), 0);
            let mut touched: Vec<u32> = Vec::new();
            let mut lists: Vec<&[u32]> = trigrams(key).map(|t| self.with(t)).collect();
            lists.sort_unstable_by_key(|list| list.len());
            // A name without any of the rarest cannot share enough: the common
            // ones (`ska`) only count for those that have one.
            let (rare, common) = lists.split_at((lists.len() + 1).saturating_sub(least));
            for &name in rare.iter().copied().flatten() {
                let count = &mut shared[name as usize];
                if *count == 0 {
                    touched.push(name);
                }
                *count = count.saturating_add(1);
            }
            for &name in common.iter().copied().flatten() {
                let count = &mut shared[name as usize];
                if *count > 0 {
                    *count = count.saturating_add(1);
                }
            }
            let mut found: Vec<(u32, u32)> = Vec::new();
            for &name in &touched {
                let count = std::mem::take(&mut shared[name as usize]) as usize;
                if count >= least {
                    let union =
                        key.len() + self.lengths[name as usize] as usize - count.min(key.len());
                    // Larger part first; an integer, so that ties are ties.
                    found.push(((count * 10_000 / union.max(1)) as u32, name));
                }
            }
            if found.len() > limit {
                found.select_nth_unstable_by(limit, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                found.truncate(limit);
            }
            found.into_iter().map(|(_, name)| name).collect()
        })
    }
}
