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

# Sets `data` to the absolute folder of EPOM_DATA (or of $1), owned by the service user.
#
# Where the service user cannot enter the clone, `var` is a link into /var/lib/epom.
settle_data() {
    data=${1:-${EPOM_DATA:-var}}
    [[ $data == /* ]] || data=$clone/$data
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
