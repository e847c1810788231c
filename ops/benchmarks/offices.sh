# The region that ops/bench measures, and what making and changing 215 offices costs. Sourced, never run.
# shellcheck shell=bash disable=SC2154 # data, parts, value, ceiling and quotient come from the others

# The built program stays.
forget_last_run() {
    ops/postgres stop "$data" >/dev/null
    find "$data" -mindepth 1 -maxdepth 1 ! -name app ! -name .bench.lock -exec rm -rf {} +
}

tools() {
    cc -O2 -Wall -Wextra -I"$(pg_config --includedir)" ops/benchmarks/ceiling.c -L"$(pg_config --libdir)" -lpq \
        -o "$data/ceiling" || fail "ops/benchmarks/ceiling.c does not compile"
}

build_load() {
    local options=(-c release --product bench-database --static-swift-stdlib) digest
    digest=$(cat Tests/Bench/*.swift Sources/{Database,Office}/*.swift | sha256sum)
    [ "$(cat "$data/app/load" 2>/dev/null)" != "$digest" ] || return 0
    swift build "${options[@]}" >"$data/build-load.log" 2>&1 </dev/null || fail "see $data/build-load.log"
    install -m 755 "$(swift build "${options[@]}" --show-bin-path)/bench-database" "$data/app/bench-database"
    echo "$digest" >"$data/app/load"
}

find_postgres() {
    socket=$(sed -n 's/.*"socket": "\(.*\)".*/\1/p' "$data/credentials.json")
    postgres_port=$(sed -n 's/.*"port": \([0-9]*\).*/\1/p' "$data/credentials.json")
}

make_region() {
    step "Migrations" epom migrate
    step "Demo region" epom demo
    say "── offices"
    sql --command "select code from region.offices o where not is_designated
        and not exists (select from region.tenants t where t.tenant = o.tenant) order by tenant" >"$data/codes"
    local first
    first=$(next_code)
    capture log_statement=all epom tenant create "$first" --neither-registry-nor-building-office
    captured message 'create schema' >"$data/office.sql"
    turns=5 paired office_by_epom office_by_psql
    row "creating an office, four rooms" "$(pretty "$value") ms" "$(pretty "$ceiling") ms, psql" "$quotient" "≤ 1.3" \
        at-most "$quotient" 1.3
    local count tables relations all
    count=$(sql --command "select count(*) from cell.tenants")
    all=$(timed epom tenant create --all --neither-registry-nor-building-office)
    count=$(($(sql --command "select count(*) from cell.tenants") - count))
    all=$(awk -v s="$all" -v n="$count" 'BEGIN { printf "%.1f", s / 1000 * 215 / n }')
    row "creating 215 offices ($count at once, reckoned for 215)" "$all s" "" "" "≤ 120 s" at-most "$all" 120
    tables=$(sql --command "select count(*) from pg_class where relnamespace = 'm_$first'::regnamespace and relkind = 'r'")
    relations=$(sql --command "select count(*) from pg_class where relnamespace in ('m_$first'::regnamespace)
        or oid in (select i from pg_class t, unnest(array[t.reltoastrelid]) i where t.relnamespace = 'm_$first'::regnamespace)
        or oid in (select indexrelid from pg_index x join pg_class t on t.reltoastrelid = x.indrelid
            where t.relnamespace = 'm_$first'::regnamespace)")
    row "tables of an office with four rooms" "$tables" "" "" "≤ 45" at-most "$tables" 45
    row "relations of it, with indexes and TOAST" "$relations" "" "" "≤ 300" at-most "$relations" 300
}

next_code() {
    local code
    code=$(head -1 "$data/codes")
    sed -i 1d "$data/codes"
    echo "$code"
}

office_by_epom() { timed epom tenant create "$(next_code)" --neither-registry-nor-building-office; }

# The very message that ePOM sent for the first office, for another one; \gexec sends it whole.
office_by_psql() {
    local first code
    first=$(grep -om1 'create schema m_[0-9]*' "$data/office.sql" | grep -o '[0-9]*$')
    code=$(next_code)
    sql --command "update region.offices set has_registry_office = false, has_building_office = false
        where code = '$code'"
    sed "s/$first/$code/g" "$data/office.sql" >"$data/other-office.sql"
    chmod 644 "$data/other-office.sql"
    printf '\\set message `cat %s`\nselect :%smessage%s \\gexec\n' "$data/other-office.sql" "'" "'" >"$data/one-message.sql"
    chmod 644 "$data/one-message.sql"
    timed as_migrator --file "$data/one-message.sql"
    [ "$(sql --command "select count(*) from cell.tenants where name = 'm_$code'")" = 1 ] || fail "psql made no m_$code"
}

as_migrator() {
    as_service psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host "$socket" --port "$postgres_port" \
        --username epom_migrator "$@" epom
}

# Adding a column, and finding that there is nothing to do

measure_migrate() {
    say "(log of Postgres is read for the time it worked)"
    capture log_min_duration_statement=0 epom migrate
    local worked
    worked=$(captured time 'epom admin')
    row "epom migrate with nothing to do, time of Postgres" "$worked ms" "" "" "≤ 50 ms" at-most "$worked" 50
    value=$(timed epom migrate)
    row "the same, the whole command" "$value ms" "" "" "" ""
    rm -rf "$data/later"
    cp -R "$data/app/files" "$data/later"
    [ -f "$data/column" ] || cp "$data/app/files/Migrations/tenant/Base/HEAD" "$data/column"
    paired column_by_epom column_by_psql
    row "adding a column to 215 offices" "$(pretty "$value") ms" "$(pretty "$ceiling") ms, psql" "$quotient" "≤ 2" \
        at-most "$quotient" 2
}

column_by_epom() {
    local number=$(($(cat "$data/column") + 1)) folder=$data/later/Migrations/tenant/Base known
    echo "$number" >"$data/column"
    for ((known = $(cat "$data/app/files/Migrations/tenant/Base/HEAD") + 1; known <= number; known++)); do
        echo "alter table tenant.inbox add column bench_$known text;" >"$folder/$(printf '%04d' "$known")-bench.sql"
    done
    echo "$number" >"$folder/HEAD"
    chmod -R go=rX "$data/later"
    EPOM_HOME=$data/later timed epom_of_later migrate
}

epom_of_later() { (cd "$data/later" && EPOM_DATA=$data EPOM_HOME=$data/later as_service "$data/app/epom" "$@"); }

column_by_psql() {
    local number
    number=$(cat "$data/column")
    sql --command "select format('alter table %I.inbox add column plain_$number text;', name) from cell.tenants
        order by name" | sed '1i set role epom_owner;' >"$data/column.sql"
    chmod 644 "$data/column.sql"
    timed as_migrator --file "$data/column.sql"
}

# Memory and the first answer

measure_memory() {
    end_server
    local at taken=()
    for _ in 1 2 3 4 5; do
        at=$(milliseconds)
        start_server
        taken+=($(($(milliseconds) - at)))
        [ ${#taken[@]} = 5 ] || end_server
    done
    value=$(printf '%s\n' "${taken[@]}" | median)
    row "from start to the first 200 of /readyz" "$value ms" "" "" "≤ 1000 ms" at-most "$value" 1000
    visit_all
    note_memory
    local kept
    kept=$(sort -n "$data/memory" | tail -1)
    row "resident memory of epom at its largest, 215 offices" "$kept MB" "" "" "≤ 150 MB" at-most "$kept" 150
    value=$(for pid in $(pgrep -f "^postgres: epom_" || true) "$(head -1 "$data/postgres/postmaster.pid")"; do
        [ "$(readlink "/proc/$pid/cwd")" = "$data/postgres" ] && sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "/proc/$pid/smaps_rollup"
    done 2>/dev/null | awk '{ s += $1 } END { printf "%.0f", s / 1024 }')
    row "memory of Postgres beside it (proportional)" "$value MB" "" "" "" ""
}
