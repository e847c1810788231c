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
