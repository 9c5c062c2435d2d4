# shellcheck shell=bash
# As whom Java runs where root starts ./strikegrid, which reads this file: a user without privileges.
#
# Root prepares what needs root: the user, the folders that it writes to, copies of the files that it cannot
# read. What they are is asked of the program, so that options, variables and the settings file count as they do
# there. Root trusts nothing that this user may write to: it follows no names in it, and copies are written by
# the user. Without a terminal of its own (setsid) Java cannot type into that of root, and without a way to new
# privileges it stays what it is.

OWN_USER=strikegrid
RUN_NAME=""
RUN_UID=""
RUN_GID=""

# The files that there are copies of.
COPIED=()

# --- the user -----------------------------------------------------------------------------------------

# Makes a system user without home or login.
make_user() {
  local shell=/bin/false
  [ ! -x /usr/sbin/nologin ] || shell=/usr/sbin/nologin
  if command -v useradd >/dev/null; then
    useradd --system --user-group --no-create-home --shell "$shell" "$1" >/dev/null 2>&1
  elif command -v adduser >/dev/null; then
    { addgroup -S "$1" && adduser -S -D -H -G "$1" -s "$shell" "$1"; } >/dev/null 2>&1
  else
    return 1
  fi
}

is_user() {
  id -u -- "$1" >/dev/null 2>&1
}

# Chooses the user, who is made where that is the usual one and missing.
choose_user() {
  RUN_NAME=${STRIKEGRID_USER:-$OWN_USER}
  if [ "$RUN_NAME" != "$OWN_USER" ]; then
    is_user "$RUN_NAME" || die "STRIKEGRID_USER must be a user of this machine; have $RUN_NAME"
  elif ! is_user "$OWN_USER"; then
    make_user "$OWN_USER" || true
    if is_user "$OWN_USER"; then
      say "made the system user $OWN_USER, as whom Java runs"
    elif is_user nobody; then
      RUN_NAME=nobody
      say "there is no user $OWN_USER and it could not be made (with useradd or adduser), so Java runs as nobody," \
        "whose files others may use too; better: make that user, or name one with STRIKEGRID_USER"
    else
      die "there is no user $OWN_USER and it could not be made (with useradd or adduser), nor is there nobody;" \
        "make that user, name one with STRIKEGRID_USER, or stay root with STRIKEGRID_USER=root"
    fi
  fi
  RUN_UID=$(id -u -- "$RUN_NAME")
  RUN_GID=$(id -g -- "$RUN_NAME")
}

# Sets how a command is run as the user, which is tried.
change_to_user() {
  local error
  if ! command -v setpriv >/dev/null || ! command -v setsid >/dev/null; then
    die "needs setpriv and setsid of util-linux to run as another user than root: install it, start this as" \
      "another user, or stay root with STRIKEGRID_USER=root"
  fi
  AS_USER=(setsid setpriv "--reuid=$RUN_UID" "--regid=$RUN_GID" --init-groups --inh-caps=-all --no-new-privs --)
  if ! error=$("${AS_USER[@]}" true 2>&1); then
    die "cannot run as user $RUN_NAME ($error); start this as another user, or stay root with STRIKEGRID_USER=root"
  fi
}

# Lets the user open ports that root alone may open, where there is a need and it can be had.
allow_low_port() {
  local with
  [ "$1" -gt 0 ] && [ "$1" -lt "$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null || echo 1024)" ] || return 0
  with=(setsid setpriv "--reuid=$RUN_UID" "--regid=$RUN_GID" --init-groups --inh-caps=-all,+net_bind_service
    --ambient-caps=-all,+net_bind_service --no-new-privs --)
  if "${with[@]}" true 2>/dev/null; then
    AS_USER=("${with[@]}")
  fi
}

as_user() {
  "${AS_USER[@]}" "$@"
}

# --- whom a name can be trusted of ----------------------------------------------------------------------

# Whether a folder on the way to a path, or to what links there lead to, lets others than root put something
# else in its place. Of a folder that everybody may write to and that is sticky only what stands there counts.
is_of_others() {
  local path folder
  for path in "$1" "$(realpath -m -- "$1")"; do
    while [ "$path" != / ]; do
      folder=$(dirname -- "$path")
      if [ -e "$folder" ]; then
        [ "$(stat -L -c %u -- "$folder")" = 0 ] || return 0
        if [ -n "$(find -H "$folder" -maxdepth 0 -perm /022)" ]; then
          [ -k "$folder" ] || return 0
          [ "$(stat -c %u -- "$path" 2>/dev/null || echo 0)" = 0 ] || return 0
        fi
      fi
      path=$folder
    done
  done
  return 1
}

# Whether the user itself can put another file in the place of one.
is_users_to_name() {
  local path folder
  for path in "$1" "$(realpath -m -- "$1")"; do
    while [ "$path" != / ]; do
      folder=$(dirname -- "$path")
      if [ "$(stat -L -c %u -- "$folder")" = "$RUN_UID" ]; then
        return 0
      elif as_user test -w "$folder"; then
        [ -k "$folder" ] && [ "$(stat -c %u -- "$path")" != "$RUN_UID" ] || return 0
      fi
      path=$folder
    done
  done
  return 1
}

# --- folders that it writes to --------------------------------------------------------------------------

# Checks that the user can enter a folder, or come as near to it as there are folders yet, and if not names the
# one that is closed and what it was wanted for.
require_entry() {
  local folder=$1 wanted=$2 closed=""
  while [ ! -e "$folder" ]; do
    folder=$(dirname -- "$folder")
  done
  # shellcheck disable=SC2016 # for the shell that runs it
  until [ "$folder" = / ] || as_user sh -c 'cd -- "$1"' sh "$folder" 2>/dev/null; do
    closed=$folder
    folder=$(dirname -- "$folder")
  done
  [ -z "$closed" ] || die "Java runs as user $RUN_NAME, who cannot enter $closed; choose a folder elsewhere for $wanted," \
    "such as /var/lib/strikegrid, allow it with: chmod o+x $closed, or stay root with STRIKEGRID_USER=root"
}

# Makes a folder of the user's.
make_folder() {
  local parent
  parent=$(dirname -- "$1")
  require_entry "$parent" "$1"
  (
    umask 022
    mkdir -p -- "$parent" && mkdir -m 700 -- "$1" && cd -P -- "$1" || exit 1
    # The present folder, whatever has its name by now.
    [ "$(stat -c %u .)" = 0 ] && is_empty && chown "$RUN_UID:$RUN_GID" .
  ) || die "cannot make the folder $1 of user $RUN_NAME"
}

# Whether the present folder holds nothing but what a file system brings.
is_empty() {
  [ -z "$(find . -mindepth 1 -maxdepth 1 ! -name lost+found | head -n 1)" ]
}

# Whether what the present folder holds is a store or journal of this program by its names, or nothing.
is_ours() {
  local sixteen
  is_empty && return
  case $1 in
    data)
      if [ -f start.lock ] && [ ! -L start.lock ]; then
        return
      fi
      # With --db it holds a journal alone.
      [ -z "$(find . -mindepth 1 -maxdepth 1 ! -name lost+found ! -name journal | head -n 1)" ] \
        && [ ! -L journal ] && (cd -P journal 2>/dev/null && is_ours journal)
      ;;
    journal)
      printf -v sixteen '[0-9a-f]%.0s' {1..16}
      [ -f lock ] && [ ! -L lock ] && [ -z "$(find . -mindepth 1 -maxdepth 1 \
        ! -name lost+found ! -name lock ! -name "$sixteen.*" | head -n 1)" ]
      ;;
  esac
}

# Whether a process has the lock of the present folder.
is_in_use() {
  local lock
  for lock in users.lock lock journal/lock; do
    if [ -f "$lock" ] && [ ! -L "$lock" ] && grep -q ":$(stat -c %i "$lock") " /proc/locks 2>/dev/null; then
      return
    fi
  done
  return 1
}

# Something of a store or journal in the present folder that is not the user's; nothing where all is.
not_the_users() {
  find . -maxdepth 2 ! -uid "$RUN_UID" \( -path './postgres*' -o -path './runtime*' -o -path './journal*' \
    -o -name '*.lock' -o -name lock -o -name '*.segment' \) -print | head -n 1
}

# Gives the present folder, which is root's, to the user with all in it. The folder itself comes last, so that
# what is cut off is done again, and until then nobody but root finds a way in. A file that has a name elsewhere
# too may be any of this machine, so it is not given away.
hand_over() {
  local path=$1 linked mode
  mode=$(stat -c %a .)
  chmod 700 .
  linked=$(find . -type f -links +1 ! -uid "$RUN_UID" -print | head -n 1)
  if [ -n "$linked" ]; then
    chmod "$mode" .
    die "${path%/}/${linked#./} has a second name somewhere, so it is not given to user $RUN_NAME;" \
      "put a copy in its place"
  fi
  find . -mindepth 1 -maxdepth 1 ! -name lost+found -exec chown -hR "$RUN_UID:$RUN_GID" {} +
  chown "$RUN_UID:$RUN_GID" .
  say "$path and all in it are user ${RUN_NAME}'s from now on, as whom Java runs"
}

# Sees to it that a folder is the user's: one that is not there is made, one of root's is handed over once.
own_folder() {
  local kind=$1 folder=$2 owner hint
  if [ ! -e "$folder" ] && [ ! -L "$folder" ]; then
    make_folder "$folder"
    return
  fi
  hint="hand it over with: chown -hR $RUN_NAME: $folder"
  (
    cd -P -- "$folder" || exit 1
    owner=$(stat -c %u .)
    if [ "$owner" = "$RUN_UID" ]; then
      owner=$(not_the_users)
      [ -z "$owner" ] || die "${folder%/}/${owner#./} is not user ${RUN_NAME}'s, as whom Java runs; $hint"
    elif [ "$owner" != 0 ]; then
      owner=$(stat -c %U .)
      die "the folder $folder is user $owner's; start this as that user, or with STRIKEGRID_USER=$owner"
    elif [ -n "$(find . -maxdepth 0 -perm /022)" ]; then
      die "the folder $folder must be writable by its owner alone; see that all in it is yours, then: chmod go-w $folder"
    elif is_of_others "$folder" || ! is_ours "$kind"; then
      die "the folder $folder is root's, and Java runs as user $RUN_NAME; where it is Strikegrid's, $hint"
    elif is_in_use; then
      die "a server that root runs uses $folder; stop it first"
    else
      require_entry "$(dirname -- "$(pwd -P)")" "$folder"
      hand_over "$folder"
    fi
  ) || exit 1
  require_entry "$folder" "$folder"
}

# Checks that the user can write and put aside the log, whose folder is made where it is missing.
own_log() {
  local folder
  folder=$(dirname -- "$1")
  [ -e "$folder" ] || make_folder "$folder"
  # shellcheck disable=SC2016 # for the shell that runs it
  as_user sh -c '[ -w "$1" ] && [ -x "$1" ] && { [ ! -e "$2" ] || [ -w "$2" ]; }' sh "$folder" "$1" \
    || die "Java runs as user $RUN_NAME, who cannot write the log $1; give it a folder of its own:" \
      "mkdir -p DIR && chown -R $RUN_NAME: DIR"
}

# --- files that it cannot read --------------------------------------------------------------------------

# Makes the folder of copies, the user's alone: of small files in memory, of what is imported on disk.
make_files() {
  local base=/run
  [ "$1" = serve ] || base=/var/tmp
  [ -d "$base" ] && [ -w "$base" ] || base=/tmp
  FILES=$(mktemp -d "$base/strikegrid.XXXXXX") || die "cannot make a folder in $base"
  # Of a folder where everybody may write nobody can rename what is root's, so this is still that one.
  trap 'rm -rf -- "$FILES"' EXIT
  chown -h "$RUN_UID:$RUN_GID" "$FILES"
}

# Root opens a file, the user writes the copy.
copy_file() {
  # shellcheck disable=SC2016 # for the shell that runs it
  as_user sh -c 'umask 077 && mkdir -p -- "${1%/*}" && cat >"$1.new" && mv -f -- "$1.new" "$1"' sh "$FILES$1" <"$1"
}

# Sees to it that the user can read a file, or a copy of it.
lend_file() {
  local command=$1 file=$2
  if [ ! -f "$file" ] || as_user test -r "$file" || [ ! -r "$file" ]; then
    return 0
  fi
  if is_users_to_name "$file"; then
    die "user $RUN_NAME, as whom Java runs, cannot read $file and could put another in its place; let it read that" \
      "one (chgrp $RUN_NAME, chmod g+r), or keep it in a folder of root's"
  fi
  [ -n "$FILES" ] || make_files "$command"
  [ "$command" = serve ] || say "user $RUN_NAME, as whom Java runs, reads a copy of $file"
  copy_file "$file" || die "cannot copy $file for user $RUN_NAME, who cannot read it"
  COPIED+=("$file")
}

# What changes where a file does.
state_of_files() {
  stat -L -c '%y %z %s %d:%i' -- "${COPIED[@]}" 2>/dev/null || true
}

# Copies the files of a server again where they changed, and removes the copies once the leash on standard
# input says that the launcher is gone.
keep_files() {
  local state="" now file code
  trap '' INT TERM HUP
  [ "$1" = serve ] || read -r _ || true
  while :; do
    code=0
    read -r -t 1 _ || code=$?
    [ "$code" -gt 128 ] || break
    now=$(state_of_files)
    [ "$now" != "$state" ] || continue
    state=$now
    for file in "${COPIED[@]}"; do
      if [ ! -f "$file" ] || as_user cmp -s -- - "$FILES$file" <"$file"; then
        continue
      elif is_users_to_name "$file" || ! copy_file "$file"; then
        say "$file changed and could not be copied for user $RUN_NAME; what it was stays"
      fi
    done
  done
  rm -rf -- "$FILES"
}

# --- the program ----------------------------------------------------------------------------------------

require_readable_jdk() {
  # shellcheck disable=SC2016 # for the shell that runs it
  as_user sh -c '[ -x "$1/bin/java" ] && [ -r "$1/lib/modules" ]' sh "$JDK" \
    || die "Java runs as user $RUN_NAME, who cannot use the JDK in $JDK; install one for all users and name it with" \
      "JAVA_HOME, or stay root with STRIKEGRID_USER=root"
}

# Whether a folder is root's, to be changed by root alone.
is_roots() {
  [ -n "$(find "$1" -maxdepth 0 -type d -uid 0 ! -perm /022 2>/dev/null)" ]
}

# Sets where the jars are that the user can read: where they were built or, where that is closed to it, a copy
# that root alone can change.
find_jars() {
  local built=$1 name cache=/var/cache/strikegrid store copy old
  name=$(basename "$built")
  JARS=$built
  # shellcheck disable=SC2016 # for the shell that runs it
  if as_user sh -c 'for f in "$1"/*.jar "$1"/lib/*.jar; do [ -r "$f" ] || exit 1; done' sh "$built"; then
    return
  fi
  store=$cache/$(printf '%s' "$ROOT" | cksum | tr ' ' -)
  (umask 022 && mkdir -p "$store") && is_roots "$cache" && is_roots "$store" \
    || die "needs the folder $cache for jars, root's and to be changed by root alone, since user $RUN_NAME cannot" \
      "read those in $ROOT"
  JARS=$store/$name
  if [ ! -d "$JARS" ]; then
    copy=$(mktemp -d "$cache/copying.XXXXXX") && cp -R "$built/." "$copy" && chmod -R go=u-w "$copy" \
      || die "cannot copy the jars to $JARS"
    mv -T "$copy" "$JARS" 2>/dev/null || rm -rf "$copy" # another was faster
  fi
  if command -v flock >/dev/null; then
    for old in "$store"/*/; do
      old=${old%/}
      if [ "$old" != "$JARS" ] && flock -n "$old/in-use" true 2>/dev/null; then
        rm -rf "$old"
      fi
    done
  fi
}

# Asks the program what a command reads and writes: texts `kind=value`, each ended by a zero byte.
places_of() {
  local folder=$1
  shift
  make_command "$folder" "$SERVER_MAIN" places "$@"
  "${COMMAND[@]}" </dev/null
}

# Prepares that a command of root's runs as the user: sets AS_USER, MORE_OPTIONS, JARS and FILES. Changes nothing
# for commands that touch neither data nor what comes from others.
become_user() {
  local folder=$1 command=${2:-help} places=() place file home
  shift
  case $command in
    help | token | settings | version | -h | --help | -V | --version) return 0 ;;
  esac
  PATH=$PATH:/usr/sbin:/sbin
  if [ "$(id -u -- "${STRIKEGRID_USER:-nobody}" 2>/dev/null)" = 0 ]; then
    say "runs as root, since STRIKEGRID_USER says so: whoever finds a hole in it has this machine"
    return 0
  fi
  while IFS= read -r -d '' place; do
    places+=("$place")
  done < <(places_of "$folder" "$@")
  case ${places[${#places[@]}-1]:-} in
    usage) return 0 ;; # it says how it is used, or what is wrong with its words, and does nothing
    end) ;;
    *) die "cannot tell what this command reads and writes, to run it as another user than root" ;;
  esac
  choose_user
  change_to_user
  require_readable_jdk
  find_jars "$folder"
  for place in "${places[@]}"; do
    case $place in
      data=* | journal=*) own_folder "${place%%=*}" "${place#*=}" ;;
      file=*) lend_file "$command" "${place#*=}" ;;
      passwords)
        file=${PGPASSFILE:-${HOME:-}/.pgpass}
        if [ -f "$file" ]; then
          file=$(realpath -- "$file")
          lend_file "$command" "$file"
          export PGPASSFILE=$file
          [ -z "$FILES" ] || [ ! -e "$FILES$file" ] || PGPASSFILE=$FILES$file
        fi
        ;;
      port=*) allow_low_port "${place#*=}" ;;
    esac
  done
  [ -z "${STRIKEGRID_LOG_FILE:-}" ] || own_log "$STRIKEGRID_LOG_FILE"
  home=$(getent passwd "$RUN_UID" 2>/dev/null | cut -d: -f6) || true
  export HOME=${home:-/} USER=$RUN_NAME LOGNAME=$RUN_NAME
  unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_RUNTIME_DIR
  MORE_OPTIONS=(-Dstrikegrid.starter=root)
  [ -z "$FILES" ] || MORE_OPTIONS+=("-Dstrikegrid.files=$FILES")
}
