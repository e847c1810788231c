# Values, ratios and the table of ops/bench. Sourced, never run.
# shellcheck shell=bash disable=SC2154 # data, parts, began, seconds and turns are ops/bench's

median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f\n", (b > 0 ? a / b : 0) }'; }
milliseconds() { echo $((${EPOCHREALTIME/./} / 1000)); }
pretty() { awk -v v="$1" 'BEGIN { printf (v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : "%.2f"), v }'; }

step() { # WORDS FOR PEOPLE, COMMAND…
    local at=$EPOCHREALTIME what=$1
    shift
    "$@" || fail "$what: failed"
    say "$(printf '%-44s %7s ms' "$what" $(((${EPOCHREALTIME/./} - ${at/./}) / 1000)))"
}

# How long a command takes, in milliseconds; its output goes to the log.
timed() {
    local at
    at=$(milliseconds)
    "$@" >>"$data/bench.log" 2>&1 || fail "$1 failed: $(tail -1 "$data/bench.log") (see $data/bench.log)"
    echo $(($(milliseconds) - at))
}

# A line of the table: row WHAT VALUE CEILING RATIO AIM [at-least|at-most COMPARED BOUND]
row() {
    local what=$1 value=$2 ceiling=$3 ratio=$4 aim=$5 met=–
    case ${6:-} in
    at-least) met=$(awk -v a="$7" -v b="$8" 'BEGIN { print (a >= b ? "yes" : "NO") }') ;;
    at-most) met=$(awk -v a="$7" -v b="$8" 'BEGIN { print (a <= b ? "yes" : "NO") }') ;;
    esac
    printf '| %s | %s | %s | %s | %s | %s |\n' "$what" "$value" "$ceiling" "$ratio" "$aim" "$met" >>"$data/rows"
    say "$(printf '%-52s %16s ÷ %-16s = %6s  (%s) %s' "$what" "$value" "$ceiling" "$ratio" "$aim" "$met")"
}

# Lets VALUE and CEILING, commands that print a number, take turns; sets value, ceiling and quotient to the medians.
paired() {
    local turn a b values=() ceilings=() quotients=()
    for ((turn = 0; turn < turns; turn++)); do
        a=$($1) || exit 1
        b=$($2) || exit 1
        values+=("$a") ceilings+=("$b") quotients+=("$(ratio "$a" "$b")")
        [ -z "${3:-}" ] || $3
    done
    value=$(printf '%s\n' "${values[@]}" | median)
    ceiling=$(printf '%s\n' "${ceilings[@]}" | median)
    quotient=$(printf '%s\n' "${quotients[@]}" | median)
}

# A statement, or a script on standard input, as the superuser of the private cluster.
sql() {
    as_service env PGOPTIONS='-c client_min_messages=warning' psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --host "$socket" --port "$postgres_port" \
        --username epom_root "$@" epom
}

# Has Postgres log what it is sent while a command runs; the lines are left in $data/captured.json.
capture() { # SETTING=VALUE COMMAND…
    local setting=$1 log from
    shift
    sql --command "alter system set log_destination = 'stderr,jsonlog'" --command "alter system set ${setting%%=*} = '${setting#*=}'" \
        --command 'select pg_reload_conf()' >/dev/null
    sleep 0.4
    log=$(ls -t "$data"/log/postgres-*.json | head -1)
    from=$(stat -c %s "$log")
    "$@" >>"$data/bench.log" 2>&1 || fail "$1 failed: $(tail -1 "$data/bench.log")"
    sql --command 'alter system reset all' --command 'select pg_reload_conf()' >/dev/null
    sleep 0.4
    tail -c +$((from + 1)) "$log" >"$data/captured.json"
}

captured() { python3 ops/benchmarks/log.py "$@" <"$data/captured.json"; }

# What libpq does with a replay: ceiling REPLAY ROLE CONNECTIONS DEPTH
ceiling() {
    as_service "$data/ceiling" "$1" "host=$socket port=$postgres_port dbname=epom user=$2 options='-c search_path= -c jit=off'" \
        "$3" "$4" "$seconds"
}

report() {
    {
        printf '%s, %s cores, %s; %s; %s.\n\n' "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" \
            "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)" \
            "$(sql --command "select 'Postgres ' || current_setting('server_version')")" "$(git describe --always)"
        echo '| what | ePOM | ceiling | ratio | aim | met |'
        echo '| --- | --- | --- | --- | --- | --- |'
        cat "$data/rows"
    } >"$data/results.md"
    say ""
    cat "$data/results.md"
    say ""
    say "In $((SECONDS - began)) s; the table is in $data/results.md, what it means in ops/docs/benchmarks.md."
}
