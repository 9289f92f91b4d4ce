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
        invented -> Bool,
        merged_into -> Nullable<BigInt>,
        version -> BigInt,
        changed_in -> BigInt,
        control -> Text,
        control_since -> Text,
        control_source -> Text,
        control_origin -> Text,
        shown_in -> BigInt,
        occupied_until -> Text,
        occupied_until_source -> Text,
        name_uk_source -> Text,
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
        published -> Bool,
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

diesel::table! {
    claims (id) {
        id -> BigInt,
        municipality_id -> BigInt,
        account_id -> BigInt,
        state -> Text,
        position -> Text,
        official_address -> Text,
        evidence -> Text,
        message -> Text,
        answer -> Text,
        created_at -> Timestamp,
        version -> BigInt,
        profile -> Text,
        profile_version -> BigInt,
    }
}

diesel::table! {
    contacts (municipality_id, rank) {
        municipality_id -> BigInt,
        rank -> Integer,
        name -> Text,
        position -> Text,
        email -> Text,
        email_key -> Text,
        phone -> Text,
        audience -> Text,
    }
}

diesel::table! {
    requests (id) {
        id -> BigInt,
        kind -> Text,
        municipality_id -> Nullable<BigInt>,
        account_id -> Nullable<BigInt>,
        email -> Text,
        value -> Text,
        country -> Text,
        year -> Nullable<Integer>,
        source -> Text,
        message -> Text,
        state -> Text,
        answer -> Text,
        created_at -> Timestamp,
        version -> BigInt,
        language -> Text,
    }
}

diesel::table! {
    hidings (municipality_id) {
        municipality_id -> BigInt,
        hidden_by -> BigInt,
        hidden_at -> Timestamp,
        agreed_by -> Nullable<BigInt>,
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

diesel::table! {
    organisations (id) {
        id -> BigInt,
        kind -> Text,
        name -> Text,
        countries -> Text,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        state -> Text,
        office -> Text,
        organisation_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    people (account_id) {
        account_id -> BigInt,
        name -> Text,
        email -> Text,
        email_key -> Text,
        language -> Text,
        letters_key -> Text,
        former_keys -> Text,
    }
}

diesel::table! {
    credentials (account_id) {
        account_id -> BigInt,
        password_hash -> Nullable<Text>,
        totp_secret -> Nullable<Text>,
        totp_last_step -> BigInt,
    }
}

diesel::table! {
    recovery_codes (account_id, code_hash) {
        account_id -> BigInt,
        code_hash -> Text,
    }
}

diesel::table! {
    memberships (id) {
        id -> BigInt,
        account_id -> BigInt,
        municipality_id -> BigInt,
        role -> Text,
        state -> Text,
        since -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        account_id -> BigInt,
        proven -> Bool,
        device -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        proven_at -> Timestamp,
    }
}

diesel::table! {
    links (token_hash) {
        token_hash -> Text,
        purpose -> Text,
        account_id -> BigInt,
        payload -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    attempts (key) {
        key -> Text,
        tries -> Integer,
        since -> Timestamp,
    }
}

diesel::table! {
    mails (id) {
        id -> BigInt,
        account_id -> Nullable<BigInt>,
        topic -> Text,
        address -> Text,
        language -> Text,
        subject -> Text,
        body -> Text,
        html -> Text,
        message_id -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        unsubscribe -> Text,
        secret -> Bool,
        municipality_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    unwanted_letters (account_id, topic) {
        account_id -> BigInt,
        topic -> Text,
    }
}

diesel::table! {
    unsent_forms (account_id, address) {
        account_id -> BigInt,
        address -> Text,
        body -> Text,
        saved_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    people,
    credentials,
    sessions,
    memberships,
    links
);
diesel::allow_tables_to_appear_in_same_query!(memberships, municipalities);
diesel::table! {
    projects (id) {
        id -> BigInt,
        municipality_id -> BigInt,
        area -> Text,
        stage -> Text,
        cost -> Text,
        dream -> Text,
        audience -> Text,
    }
}

diesel::table! {
    claim_codes (claim_id) {
        claim_id -> BigInt,
        address -> Text,
        code_hash -> Text,
        sent_at -> Timestamp,
        given_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    claim_files (id) {
        id -> BigInt,
        claim_id -> BigInt,
        name -> Text,
        kind -> Text,
        body -> Binary,
        added_at -> Timestamp,
    }
}

diesel::table! {
    claim_places (claim_id, municipality_id) {
        claim_id -> BigInt,
        municipality_id -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(claims, claim_codes, claim_files);
diesel::allow_tables_to_appear_in_same_query!(claims, claim_places, municipalities);
diesel::allow_tables_to_appear_in_same_query!(texts, projects);
diesel::allow_tables_to_appear_in_same_query!(requests, municipalities);
diesel::allow_tables_to_appear_in_same_query!(claims, events);
diesel::allow_tables_to_appear_in_same_query!(hidings, municipalities);
