//! The tables, as diesel sees them; the same on both databases.

diesel::table! {
    directory_state (id) {
        id -> Integer,
        version -> BigInt,
        shipped -> Text,
    }
}

diesel::table! {
    municipalities (id) {
        id -> BigInt,
        slug -> Text,
        kind -> Text,
        country -> Text,
        region -> Text,
        district -> Text,
        katottg -> Nullable<Text>,
        geonames_id -> Nullable<BigInt>,
        name -> Text,
        name_en -> Text,
        name_uk -> Text,
        name_native -> Text,
        centre -> Text,
        role -> Text,
        lat -> Double,
        lon -> Double,
        position -> Text,
        settlements -> Nullable<Integer>,
        status -> Text,
        control -> Text,
        control_since -> Nullable<Date>,
        control_source -> Text,
        invented -> Bool,
        merged_into -> Nullable<BigInt>,
        version -> BigInt,
        changed_in -> BigInt,
    }
}

diesel::table! {
    names (municipality_id, kind) {
        municipality_id -> BigInt,
        kind -> Text,
        lines -> Text,
    }
}

diesel::table! {
    parts (geonames_id) {
        geonames_id -> BigInt,
        municipality_id -> BigInt,
    }
}

diesel::table! {
    slug_aliases (slug) {
        slug -> Text,
        municipality_id -> BigInt,
    }
}

diesel::table! {
    facts (municipality_id, key, origin) {
        municipality_id -> BigInt,
        key -> Text,
        origin -> Text,
        value -> BigInt,
        year -> Nullable<Integer>,
        source -> Text,
        estimated -> Bool,
    }
}

diesel::table! {
    profiles (municipality_id) {
        municipality_id -> BigInt,
        interpreter -> Bool,
        openness -> Nullable<Text>,
        capacity -> Nullable<Integer>,
        languages -> Text,
        formats -> Text,
        preferred_countries -> Text,
        excluded_countries -> Text,
        preferred_sizes -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    entries (id) {
        id -> BigInt,
        municipality_id -> BigInt,
        direction -> Text,
        subarea -> Text,
        rank -> Integer,
        level -> Integer,
        audience -> Text,
        expires_on -> Date,
    }
}

diesel::table! {
    texts (owner, owner_id, field, language) {
        owner -> Text,
        owner_id -> BigInt,
        field -> Text,
        language -> Text,
        body -> Text,
    }
}

diesel::table! {
    ties (id) {
        id -> BigInt,
        a_id -> Nullable<BigInt>,
        a_name -> Text,
        b_id -> Nullable<BigInt>,
        b_name -> Text,
        pair_key -> Text,
        since -> Nullable<Integer>,
        source -> Text,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        subject -> Text,
        subject_id -> BigInt,
        action -> Text,
        actor -> Nullable<BigInt>,
        from_value -> Nullable<Text>,
        to_value -> Nullable<Text>,
        note -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Text,
        run_at -> Timestamp,
        attempts -> Integer,
        lease_token -> Nullable<Text>,
        lease_until -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    directory_state,
    municipalities,
    names,
    parts,
    slug_aliases,
    facts,
    profiles,
    entries,
    texts,
    ties,
    events,
    jobs,
);
