//! Names by a hash of what they are looked up by.

use rayon::prelude::*;

/// Bits of a hash that tell the bucket: a few names in each.
const BITS: u32 = 16;

/// Names by hash. A slip is looked for by a thousand look-ups, so each is one
/// step into a bucket instead of a search through all.
#[derive(Default)]
pub(super) struct Hashed {
    /// Where each bucket begins, and where the last ends.
    starts: Vec<u32>,
    /// Sorted by hash, then name.
    names: Vec<(u64, u32)>,
}

fn bucket(hash: u64) -> usize {
    (hash >> (u64::BITS - BITS)) as usize
}

impl Hashed {
    /// Sorts names by their hashes.
    pub(super) fn new(mut names: Vec<(u64, u32)>) -> Hashed {
        names.par_sort_unstable();
        let mut starts = vec![0; (1 << BITS) + 1];
        for (hash, _) in &names {
            starts[bucket(*hash) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Hashed { starts, names }
    }

    /// The names with a hash, in their order.
    pub(super) fn with(&self, hash: u64) -> impl Iterator<Item = u32> {
        let at = bucket(hash);
        let bucket = &self.names[self.starts[at] as usize..self.starts[at + 1] as usize];
        let same = bucket.iter().skip_while(move |(h, _)| *h < hash);
        same.take_while(move |(h, _)| *h == hash).map(|(_, name)| *name)
    }
}

/// A hash that is the same in every process: FNV-1a. Collisions only cost a
/// comparison.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_hash_alone() {
        let texts = ["lviv", "kyiv", "lviv", "rivne"];
        let names = (0..).zip(texts).map(|(n, text)| (hash(text), n)).collect();
        let hashed = Hashed::new(names);
        let with = |text: &str| hashed.with(hash(text)).collect::<Vec<_>>();
        assert_eq!(with("lviv"), [0, 2]);
        assert_eq!(with("rivne"), [3]);
        assert!(with("odesa").is_empty());
    }
}
