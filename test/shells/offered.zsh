# Prints what zsh offers for a line, one word a line: zsh -f offered.zsh SCRIPT LINE [BEFORE], where BEFORE is run before SCRIPT is loaded.
# The real completion runs in a terminal of its own; every list that it would show is printed instead.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; unsetopt zle_bracketed_paste 2>/dev/null; ${3:-:}; source ${(q)1}"
zpty -w shell '
compadd() {
  local -a wanted described given options
  local at
  for at in "$@"; do [[ $at == -O || $at == -A || $at == -D ]] && { builtin compadd "$@"; return }; done
  builtin compadd -A wanted "$@"
  builtin compadd "$@"; local status_of=$?
  (( $#wanted )) && print -l -- "<"${^wanted}">" >> $OFFERED
  return status_of
}
bindkey "^I" complete-word
zstyle ":completion:*" list-max 0
LISTMAX=10000
finish() { print READY >> $OFFERED; zle send-break }
zle -N finish
bindkey "^X" finish
print LOADED >> $OFFERED'
for _ in {1..400}; do grep -q LOADED $OFFERED 2>/dev/null && break; sleep 0.05; done
zpty -w -n shell "$2"$'\t'
zpty -w -n shell $'\x18'
for _ in {1..400}; do
  zpty -r -t shell > /dev/null
  grep -q READY $OFFERED && break
  sleep 0.05
done
zpty -d shell
