# What the scripts of ops/ share. Sourced, never run.
# shellcheck shell=bash

clone=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
service_user=epom

say() { printf '%s\n' "$*"; }
fail() {
    printf 'ePOM: %s\n' "$*" >&2
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

# Runs a command as the service user when we are root, else as ourselves.
as_service() {
    if is_root; then
        setpriv --reuid "$service_user" --regid "$service_user" --init-groups \
            env HOME=/var/lib/epom USER="$service_user" LOGNAME="$service_user" "$@"
    else
        "$@"
    fi
}

make_service_user() {
    is_root || return 0
    getent passwd "$service_user" >/dev/null && return 0
    useradd --system --user-group --home-dir /var/lib/epom --no-create-home \
        --shell /usr/sbin/nologin "$service_user" || fail "cannot make the user $service_user"
}

# Short and stable for a folder, whatever name it is reached by: two clones never meet in /run.
id_of() { stat -Lc '%d:%i' "$1" | sha256sum | cut -c1-10; }

random_password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port tries
    for tries in {1..200}; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 10000))
        port_is_taken "$port" || { echo "$port" && return; }
    done
    fail "no free port between 20000 and 29999 after $tries tries"
}

data_path() { (cd "$clone" && realpath -ms "${1:-${EPOM_DATA:-var}}"); }

# Sets `data` to the absolute folder of EPOM_DATA (or of $1), owned by the service user.
#
# Where the service user cannot enter the clone, `var` is a link into /var/lib/epom.
settle_data() {
    data=$(data_path "${1:-}")
    make_service_user
    local top=$data
    [[ $data == "$clone"/var/* ]] && top=$clone/var
    if is_root && ! as_service test -x "$(nearest_folder "$top")"; then
        [ -e "$top" ] && ! [ -L "$top" ] \
            && fail "$top is there, but the user $service_user cannot enter it: move it away or open the path"
        install -d -m 755 /var/lib/epom
        local home
        home=/var/lib/epom/$(printf '%s %s' "$(id_of "$clone")" "$top" | sha256sum | cut -c1-12)
        install -d -m 750 -o "$service_user" -g "$service_user" "$home"
        ln -s "$home" "$top" || fail "cannot link $top to $home"
    fi
    local folder
    for folder in "$top" "$data"; do
        [ -d "$folder" ] && continue
        mkdir -p "$folder" || fail "cannot make $folder"
        if is_root; then chown "$service_user:$service_user" "$folder" && chmod 750 "$folder"; fi
    done
    # The service user cannot follow a link that lies in a closed home.
    data=$(realpath "$data")
    as_service test -w "$data" || fail "the user $(as_service id -un) cannot write into $data"
}

# The closest folder above (or at) a path that is there already.
nearest_folder() {
    local path=$1
    until [ -d "$path" ]; do path=$(dirname "$path"); done
    realpath "$path"
}

# Writes standard input to a file that only the service user can read, all or nothing.
write_secret() {
    as_service bash -c 'umask 077 && cat >"$1.new" && mv -f "$1.new" "$1"' _ "$1" || fail "cannot write $1"
}

# One password of a credentials file this project wrote, a role a line: password_of FILE admin.
password_of() { sed -n "s/.*\"$2\": {.*\"password\": \"\([0-9a-f]*\)\".*/\1/p" "$1" 2>/dev/null; }

# Runs a command as root, by sudo when we are somebody else.
as_root() {
    if is_root; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "not root and no sudo: as root run $*"
    fi
}

# The packages of a list (name, then # why) that Debian has not installed.
missing_packages() {
    local name
    sed 's/#.*//' "$@" | while read -r name; do
        [ -n "$name" ] || continue
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
    done
}

# Installs what a list names and the machine lacks; Debian's own main cluster of Postgres is not made.
install_missing() {
    local missing log=${data:-/tmp}/apt.log
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail "not Debian (no apt-get): install" $missing
    is_root || command -v sudo >/dev/null || fail "not root and no sudo: ask for" $missing
    say "Installing" $missing
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' \
        | as_root tee /etc/postgresql-common/createcluster.d/epom.conf >/dev/null
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive bash -c '
        apt-get -q update && apt-get -qy install --no-install-recommends "$@"' _ $missing \
        >"$log" 2>&1 </dev/null || fail "apt-get failed: $(grep '^E:' "$log" | head -1) (see $log)"
}

check_swift() {
    local version
    command -v swift >/dev/null || fail "no Swift: install Swift 6.2 or newer (swift.org/install) and have it in PATH"
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1)
    [ "$(printf '%s\n' 6.2 "$version" | sort -V | head -1)" = 6.2 ] || fail "Swift ${version:-?} is too old: 6.2 or newer"
}

check_space() { # FOLDER MEGABYTES
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || fail "disk full: $free MB free at $1, $2 MB needed"
}

# What a build is made of; the same digest means there is nothing to build.
digest_of_sources() {
    { swift --version 2>/dev/null && find Package.swift Sources -type f -print0 | sort -z | xargs -0 sha256sum; } \
        | sha256sum | cut -c1-32
}

# Builds `epom` (release, or debug for tests) and installs it under $data/app, which the service user can
# enter wherever the clone lies. Swift's runtime is linked in: the toolchain may lie in a closed home.
build_app() {
    local mode=$1 digest options=(-c "$1" --product epom) app=$data/app bin
    [ "$mode" = debug ] || options+=(--static-swift-stdlib)
    digest="$mode $(digest_of_sources)"
    if [ "$(cat "$app/build" 2>/dev/null)" != "$digest" ] || ! [ -x "$app/epom" ]; then
        check_space "$clone" 2048
        say "Building ($mode); the first time takes several minutes"
        # A log from a non-root build must not hinder root's, nor the other way round.
        rm -f "$data/build.log"
        swift build "${options[@]}" 2>&1 </dev/null | tee "$data/build.log" | show_progress
        [ "${PIPESTATUS[0]}" = 0 ] || fail "the build failed: $(grep -m1 'error:' "$data/build.log") (see $data/build.log)"
        bin=$(swift build "${options[@]}" --show-bin-path)
        mkdir -p "$app"
        # A running server keeps the file it was started from.
        install -m 755 "$bin/epom" "$app/epom.new" && mv -f "$app/epom.new" "$app/epom"
        echo "$digest" >"$app/build"
    fi
    install_data_files
}

# What the server reads at run time: templates, assets, migrations and what a new municipality is given.
install_data_files() {
    local app=$data/app folder
    rm -rf "$app/files.new"
    mkdir -p "$app/files.new"
    for folder in Migrations RegionData TenantTemplates Sources/*/Pages Sources/Web/Assets; do
        [ -d "$folder" ] || continue
        mkdir -p "$app/files.new/$(dirname "$folder")"
        cp -R "$folder" "$app/files.new/$folder"
    done
    chmod -R u=rwX,go=rX "$app/files.new"
    chmod 755 "$app"
    rm -rf "$app/files"
    mv "$app/files.new" "$app/files"
}

# One line that moves on a terminal, a line each 15 s elsewhere.
show_progress() {
    local line told=$SECONDS
    while IFS= read -r line; do
        [[ $line == \[* ]] || continue
        if [ -t 1 ]; then
            printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$line"
        elif [ $((SECONDS - told)) -ge 15 ]; then
            told=$SECONDS
            printf '%s\n' "$line"
        fi
    done
    [ -t 1 ] && printf '\r\033[K'
    return 0
}

# Runs `epom` as the service user where it finds its files. Credentials come from files: the admin URL of
# another Postgres is ops/postgres' alone.
epom() {
    (
        unset EPOM_DATABASE_URL
        cd "$data/app/files" && EPOM_DATA=$data EPOM_HOME=$data/app/files as_service "$data/app/epom" "$@"
    )
}

# The same in the background, ended when this script ends; its pid is in $!.
epom_in_background() { # LOG WORDS…
    local log=$1 user=()
    shift
    is_root && user=(--reuid "$service_user" --regid "$service_user" --init-groups)
    (
        cd "$data/app/files" || exit
        unset EPOM_DATABASE_URL
        export EPOM_DATA=$data EPOM_HOME=$data/app/files HOME=/var/lib/epom
        is_root || HOME=$data
        exec setpriv "${user[@]}" --pdeathsig TERM "$data/app/epom" "$@" >>"$log" 2>&1 </dev/null 9>&-
    ) &
}

# Waits until our HTTP server answers /readyz with 200: wait_until_ready PORT SECONDS PID
wait_until_ready() {
    local answer until=$((SECONDS + $2))
    while [ "$SECONDS" -lt "$until" ]; do
        kill -0 "$3" 2>/dev/null || return 1
        answer=$( (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 \
            && head -1 <&3) 2>/dev/null)
        [[ $answer == *" 200 "* ]] && return 0
        sleep 0.1
    done
    return 1
}

# Asks processes that we started to end, then insists.
end_by_pid() {
    local pid until=$((SECONDS + 20))
    # On Ctrl-C the terminal has told them already, and some are gone.
    for pid in "$@"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "$@"; do
        while kill -0 "$pid" 2>/dev/null && [ "$SECONDS" -lt "$until" ]; do sleep 0.05; done
        if kill -KILL "$pid" 2>/dev/null; then say "pid $pid did not end in 20 s and was killed"; fi
    done
    return 0
}
