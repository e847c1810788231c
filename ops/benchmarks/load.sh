# The server under load, and what libpq and nginx do with the same. Sourced, never run.
# shellcheck shell=bash disable=SC2154 # data, seconds, value, ceiling and quotient come from the others

server=
start_server() {
    as_service mkdir -p "$data/log"
    epom_in_background "$data/log/serve.log" serve
    server=$!
    pids+=("$server")
    until_ready 20 || fail "the server does not answer: $(tail -1 "$data/log/serve.log") (see $data/log/serve.log)"
}

# Asks every 5 ms, so that the time to the first answer is worth telling.
until_ready() {
    local answer until=$((SECONDS + $1))
    while [ "$SECONDS" -lt "$until" ]; do
        kill -0 "$server" 2>/dev/null || return 1
        answer=$( (exec 3<>"/dev/tcp/127.0.0.1/$EPOM_PORT" && printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 \
            && head -1 <&3) 2>/dev/null) || true
        [[ $answer == *" 200 "* ]] && return 0
        sleep 0.005
    done
    return 1
}

end_server() {
    [ -n "$server" ] || return 0
    note_memory
    end_by_pid "$server"
    server=
}

# The most that the server ever held, in MB.
note_memory() {
    sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$server/status" | awk '{ printf "%.0f\n", $1 / 1024 }' >>"$data/memory"
}

ask() { # HOST PATH [curl's words]
    local host=$1 path=$2
    shift 2
    curl --silent --show-error --fail --max-time 20 --header "Host: $host:$EPOM_PORT" "$@" "http://127.0.0.1:$EPOM_PORT$path"
}

# Requests a second: load CONNECTIONS PATH [wrk's words]
load() {
    local connections=$1 path=$2
    shift 2
    wrk --threads 2 --connections "$connections" --duration "${seconds}s" --timeout 10s "$@" \
        "http://127.0.0.1:${port:-$EPOM_PORT}$path" >"$data/wrk.log" 2>&1 || fail "wrk: $(tail -1 "$data/wrk.log")"
    grep -qE 'Non-2xx|Socket errors' "$data/wrk.log" && fail "wrk: $(grep -E 'Non-2xx|Socket errors' "$data/wrk.log")"
    sed -n 's|^Requests/sec: *||p' "$data/wrk.log"
}

# Submissions

offices_with_rooms() {
    sql --command "select o.tenant || E'\t' || o.slug from region.offices o join region.tenants t using (tenant)
        where 'FilingRoom' = any (t.rooms) order by o.tenant limit ${1:-1000}"
}

# The cookie and form token that a browser would have at each of 50 offices.
take_tokens() {
    local slug page
    offices_with_rooms 50 | cut -f2 | while read -r slug; do
        page=$(ask "$slug.localhost" /sledovani --dump-header "$data/head")
        printf '%s\t%s\t%s\n' "$slug.localhost:$EPOM_PORT" \
            "$(sed -n 's/^set-cookie: \(epom-browser=[^;]*\).*/\1/ip' "$data/head")" \
            "$(grep -om1 'name="_token" value="[^"]*"' <<<"$page" | cut -d'"' -f4)"
    done >"$data/hosts"
}

hand_in_at_each() {
    local host cookie token
    while IFS=$'\t' read -r host cookie token; do
        curl --silent --show-error --fail --max-time 20 --header "Host: $host" --header "Cookie: $cookie" \
            --header "X-Form-Token: $token" --header "Origin: http://$host" --header 'Content-Type: application/json' \
            --header "Idempotency-Key: $(head -c 64 /dev/urandom | base64 -w0 | tr -dc A-Za-z0-9 | head -c 21)A" \
            --data "$(sed s/NUMBER/1234/ "$BENCH_BODY")" "http://127.0.0.1:$EPOM_PORT$BENCH_PATH" >/dev/null || return 1
    done <"$data/hosts"
}

submitted() { load "$connections" "$BENCH_PATH" --script ops/benchmarks/submit.lua; }
accepted_by_libpq() { ceiling "$data/accept.replay" epom_region "$connections" "$depth"; }
empty_outbox() { sql --command 'truncate relay.outbox, region.submissions cascade' --command checkpoint; }

measure_submissions() {
    export BENCH_HOSTS=$data/hosts BENCH_BODY=$clone/ops/benchmarks/answers.json BENCH_PATH=/api/forms/obecne-podani
    end_server
    EPOM_RELAY=hold start_server
    take_tokens
    capture log_statement=all hand_in_at_each
    captured replay 'insert into region.submissions' >"$data/accept.replay"
    local connections depth=1 plain
    local -A plains
    for connections in 16 64; do
        paired submitted accepted_by_libpq empty_outbox
        plains[$connections]=$ceiling
        row "submissions, relay held, $connections connections" "$(pretty "$value")/s" "$(pretty "$ceiling")/s, libpq" \
            "$quotient" "≥ 0.5" at-least "$quotient" 0.5
    done
    connections=16 plain=${plains[16]}
    seconds=2 submitted >/dev/null
    end_server
    delivered "submissions drained, end to end (registered)" "$(waiting)"
    local before after
    for connections in 16 64; do
        before=$(registered) plain=${plains[$connections]}
        value=$(submitted)
        row "submissions, relay running, $connections connections" "$(pretty "$value")/s" "$(pretty "$plain")/s, libpq" \
            "$(ratio "$value" "$plain")" "" ""
        until_delivered
        after=$(registered)
        say "   $((after - before)) of them registered"
    done
}

waiting() { sql --command "select count(*) from relay.outbox"; }
registered() { sql --command "select count(*) from region.submissions where registered_at is not null"; }

# Until nothing waits, at most 60 s.
until_delivered() {
    local until=$((SECONDS + 60))
    while [ "$SECONDS" -lt "$until" ]; do
        [ "$(waiting)" != 0 ] || return 0
        sleep 0.2
    done
}

delivered() {
    local before at took now
    before=$(registered)
    at=$(milliseconds)
    start_server
    until_delivered
    took=$(($(milliseconds) - at))
    now=$(registered)
    value=$(awk -v n=$((now - before)) -v t="$took" 'BEGIN { printf "%.1f", n / t * 1000 }')
    row "$1" "$(pretty "$value")/s" "$(pretty "$plain")/s, libpq" "$(ratio "$value" "$plain")" "" ""
    [ "$(waiting)" != 0 ] || [ $((now - before)) -eq "$2" ] || fail "$2 were accepted and $((now - before)) registered"
}

# A clerk's register

measure_list() {
    local office slug
    office=$(clerk tenant) slug=$(clerk slug)
    [ -n "$server" ] || start_server
    fill_register "$office"
    local words=(--header "Authorization: Bearer $(clerk token)" --header "Host: $slug.localhost:$EPOM_PORT")
    capture log_statement=all lists "$slug"
    captured replay 'order by d.year desc' >"$data/list.replay"
    captured replay 'order by d.year desc' --only >"$data/query.replay"
    local connections=16 depth=1
    listed() { load "$connections" /spisovna "${words[@]}"; }
    listed_as_json() { load "$connections" /spisovna "${words[@]}" --header 'Accept: application/json'; }
    queried() { ceiling "$data/list.replay" epom_app_00 "$connections" "$depth"; }
    paired listed queried
    row "a clerk's register of 100 000 documents, page" "$(pretty "$value")/s" "$(pretty "$ceiling")/s, libpq" \
        "$quotient" "≥ 0.3" at-least "$quotient" 0.3
    paired listed_as_json queried
    row "the same as JSON" "$(pretty "$value")/s" "$(pretty "$ceiling")/s, libpq" "$quotient" "" ""
    value=$(rows_touched "$office")
    row "documents its plan touches for the 51 rows it reads" "$value" "" "" "≤ 51" at-most "$value" 51
}

# demo.json has no line breaks that matter: one account of the first village.
clerk() {
    python3 - "$data/demo.json" "$1" <<'PYTHON'
import json, sys
demo = json.load(open(sys.argv[1]))
account = next(one for one in demo["accounts"] if one["role"] == "clerk")
tenant = next(one for one in demo["tenants"] if account["tenant"].endswith(one["code"]))
print({"tenant": account["tenant"], "token": account["token"], "slug": tenant["slug"]}[sys.argv[2]])
PYTHON
}

lists() {
    ask "$1.localhost" /spisovna --header "Authorization: Bearer $(clerk token)"
    ask "$1.localhost" /spisovna --header "Authorization: Bearer $(clerk token)"
}

# Through every constraint: a number that left a gap would be refused here too.
fill_register() {
    local have
    have=$(sql --command "select count(*) from $1.documents")
    [ "$have" -lt 100000 ] || return 0
    step "100 000 documents" sql <<SQL
set search_path = $1;
create temp table fresh on commit preserve rows as
    select n, gen_random_uuid() as file, gen_random_uuid() as document,
        coalesce((select last from register_counters where year = extract(year from now())), 0) + n as number
    from generate_series(1, 100000 - $have) as n;
insert into senders (id, kind, name, address, fingerprint)
    select gen_random_uuid(), 'person', 'Jana Vymyšlená ' || n, 'Ukázková ' || n, 'bench ' || n from generate_series(1, 2000) n;
insert into case_files (id, mark, title, service_code, regime, opened_on, due_on, routing, settled_on)
    select file, 'S-UKAZKA ' || number || '/' || extract(year from now()), 'Žádost o vyjádření ' || n, 'obecne-podani',
        'administrative', current_date, current_date + 30, 'vedoucí', case when n % 10 = 0 then null else current_date end
    from fresh;
insert into documents (id, case_file_id, year, number, preceding, identifier, reference_number, direction, subject, sender_id,
        channel, received_at, searched)
    select document, file, extract(year from now()), number, nullif(number - 1, 0), 'UKAZKA-' || number,
        'UKAZKA ' || number || '/' || extract(year from now()), 'incoming', 'Žádost o vyjádření číslo ' || n,
        s.id, 'form', now(), to_tsvector('simple', 'zadost o vyjadreni ' || n)
    from fresh join (select id, row_number() over () - 1 as place from senders where fingerprint like 'bench %') s
        on s.place = n % 2000
    order by n;
insert into register_counters (year, last) select extract(year from now()), max(number) from fresh
    on conflict (year) do update set last = excluded.last;
analyze senders;
analyze case_files;
analyze documents;
SQL
}

# What the index scan of documents brought, in the plan of the very query.
rows_touched() {
    local first query values
    first=$(awk '/^statement/ { n++ } n == 1 && !/^transaction/' "$data/query.replay" | sed 1d)
    query=$(sed '/^parameter/,$d' <<<"$first")
    values=$(awk '/^parameter/ { getline; printf "%s\x27%s\x27", sep, $0; sep = ", " }' <<<"$first")
    sql <<SQL | python3 -c 'import json, sys
def nodes(plan):
    yield plan
    for below in plan.get("Plans", []): yield from nodes(below)
plan = json.load(sys.stdin)[0]["Plan"]
print(sum(n["Actual Rows"] * n["Actual Loops"] + n.get("Rows Removed by Filter", 0) * n["Actual Loops"] for n in nodes(plan) if n.get("Relation Name") == "documents"))'
set role $1;
prepare listing as $query;
explain (analyze, format json) execute listing ($values);
SQL
}

# The public board

measure_board() {
    local slug nginx connections=64
    slug=$(clerk slug)
    [ -n "$server" ] || start_server
    mkdir -p "$data/nginx"
    ask "$slug.localhost" /uredni-deska --dump-header "$data/head" >"$data/nginx/board.html"
    port=$(free_port)
    write_nginx
    chmod -R go=rX "$data/nginx"
    nginx -c "$data/nginx/nginx.conf" -p "$data/nginx" >"$data/nginx/start.log" 2>&1 9>&- &
    nginx=$!
    pids+=("$nginx")
    sleep 0.5
    kill -0 "$nginx" 2>/dev/null || fail "nginx does not start: $(tail -1 "$data/nginx/start.log")"
    shown() { port=$EPOM_PORT load "$connections" /uredni-deska --header "Host: $slug.localhost:$EPOM_PORT"; }
    shown_by_nginx() { load "$connections" /board.html; }
    paired shown shown_by_nginx
    row "the public board, $(stat -c %s "$data/nginx/board.html") bytes" "$(pretty "$value")/s" \
        "$(pretty "$ceiling")/s, nginx" "$quotient" "≥ 0.4" at-least "$quotient" 0.4
    end_by_pid "$nginx"
}

# The same bytes with the same header lines, from a file, as nginx is set up by default.
write_nginx() {
    {
        is_root && echo "user $service_user;"
        cat <<NGINX
daemon off;
worker_processes auto;
pid $data/nginx/nginx.pid;
error_log $data/nginx/error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    client_body_temp_path $data/nginx/body;
    proxy_temp_path $data/nginx/proxy;
    fastcgi_temp_path $data/nginx/fastcgi;
    uwsgi_temp_path $data/nginx/uwsgi;
    scgi_temp_path $data/nginx/scgi;
    server {
        listen 127.0.0.1:$port;
        root $data/nginx;
        default_type 'text/html; charset=utf-8';
        types { }
NGINX
        tr -d '\r' <"$data/head" | sed -nE "s/^(cache-control|vary|content-security-policy|x-content-type-options|referrer-policy|permissions-policy|cross-origin-[a-z-]*): (.*)/        add_header \1 \"\2\";/ip"
        printf '    }\n}\n'
    } >"$data/nginx/nginx.conf"
}

# The Database library alone

measure_isolation() {
    end_server
    local names count offices connections=8 depth=1
    names=$(sql --command "select name from cell.tenants where 'FilingRoom' = any (rooms) order by name")
    offices=$(head -1 <<<"$names")
    capture log_statement=all by_database 2 0.2
    captured replay "insert into $offices.senders" --plain >"$data/bare.replay"
    captured replay "insert into $offices.senders" --plain --begun >"$data/begun.replay"
    inserted() { by_database 32 "$seconds"; }
    inserted_by_libpq() { ceiling "$data/begun.replay" epom_admin "$connections" "$depth"; }
    inserted_bare() { ceiling "$data/bare.replay" epom_admin "$connections" "$depth"; }
    for count in 10 100; do
        offices=$(head -"$count" <<<"$names" | paste -sd,)
        paired inserted inserted_by_libpq forget_inserts
        row "isolation: four inserts through Database, $count offices" "$(pretty "$value")/s" \
            "$(pretty "$ceiling")/s, libpq" "$quotient" "≥ $([ "$count" = 10 ] && echo 0.85 || echo 0.6)" \
            at-least "$quotient" "$([ "$count" = 10 ] && echo 0.85 || echo 0.6)"
        paired inserted inserted_bare forget_inserts
        row "the same ÷ libpq without begin and commit" "$(pretty "$value")/s" "$(pretty "$ceiling")/s, libpq" "$quotient" "" ""
    done
}

by_database() { as_service "$data/app/bench-database" "$data/serve.json" "$offices" "$1" "$2"; }
forget_inserts() { sql --command 'truncate relay.outbox' --command checkpoint; }

# Every office's own pages once, so that memory holds what it would hold.
visit_all() {
    local slug page
    offices_with_rooms | cut -f2 | while read -r slug; do
        for page in / /uredni-deska /formulare /formulare/obecne-podani; do
            ask "$slug.localhost" "$page" >/dev/null
        done
    done
}
