//! What the shipped directory says of each municipality beside its name.

use mosty::domain::municipality::Municipality;

use crate::support::whole_directory;

/// The entry of the shipped directory with this GeoNames id.
fn by_geonames(id: i64) -> &'static Municipality {
    let directory = whole_directory();
    directory.municipality(directory.by_geonames(id).unwrap())
}

#[test]
fn districts_are_written_as_in_a_letter_and_left_out_where_none_is_known() {
    let check = |id: i64, name: &str, district: &str| {
        let m = by_geonames(id);
        assert_eq!((m.name.as_str(), m.district.as_str()), (name, district));
    };
    check(3084084, "Świebodzice", "powiat świdnicki");
    check(3077835, "Cheb", "okres Cheb");
    check(3034483, "Bayeux", "département du Calvados");
    // A city that is a powiat of its own, a Land without districts in the
    // packages, a province that is divided anew.
    check(3081368, "Wrocław", "");
    check(2886242, "Köln", "");
    check(3167096, "Sassari", "");
}
