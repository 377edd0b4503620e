# bash completion for newsreader; written by: newsreader completion bash
_newsreader() {
    local word="${COMP_WORDS[COMP_CWORD]}" path="" candidates="" i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$path ${COMP_WORDS[i]}" in
            " add"|" sources"|" sources remove"|" sources rename"|" sources tag"|" sources pause"|" sources resume"|" sources check"|" sources catalog"|" fetch"|" list"|" search"|" count"|" show"|" related"|" stories"|" story"|" follow"|" unfollow"|" brief"|" mark"|" read"|" unread"|" star"|" unstar"|" later"|" hide"|" unhide"|" tag"|" untag"|" undo"|" rules"|" rules apply"|" why"|" import"|" export"|" doctor"|" cache"|" cache path"|" cache status"|" cache backup"|" cache vacuum"|" cache prune"|" schema"|" completion"|" demo") path="$path ${COMP_WORDS[i]}" ;;
        esac
    done
    case "$path" in
        "") candidates="add sources fetch list search count show related stories story follow unfollow brief mark read unread star unstar later hide unhide tag untag undo rules why import export doctor cache schema completion demo --version -h --help" ;;
        " add") candidates="--name --tag --kind --json -h --help" ;;
        " sources") candidates="remove rename tag pause resume check catalog --why --json --jsonl --fields --no-pager -h --help" ;;
        " sources remove") candidates="-h --help" ;;
        " sources rename") candidates="-h --help" ;;
        " sources tag") candidates="--remove -h --help" ;;
        " sources pause") candidates="-h --help" ;;
        " sources resume") candidates="-h --help" ;;
        " sources check") candidates="-h --help" ;;
        " sources catalog") candidates="--lang --json --jsonl --fields --no-pager -h --help" ;;
        " fetch") candidates="--force --headlines-only --max-articles --related --dry-run --json --offline -h --help" ;;
        " list") candidates="--source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until -n --limit --after --order --group-by --json --jsonl --fields --no-pager -h --help" ;;
        " search") candidates="--source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --order -n --limit --json --jsonl --fields --no-pager -h --help" ;;
        " count") candidates="--source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --json -h --help" ;;
        " show") candidates="-o --format --json --url --store --no-store --fetch --related --links --diff --revision --mark --no-mark --width --offline --no-pager -h --help" ;;
        " related") candidates="--fetch --depth -n --limit --json --jsonl --fields --offline --no-pager -h --help" ;;
        " stories") candidates="--source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until -n --limit --min-size --order --rebuild --json --jsonl --fields --no-pager -h --help" ;;
        " story") candidates="--new --all --read -o --format --json --width --no-pager -h --help" ;;
        " follow") candidates="-h --help" ;;
        " unfollow") candidates="-h --help" ;;
        " brief") candidates="--source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until -n --limit -o --format --json --width --no-pager -h --help" ;;
        " mark") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --reason --dry-run -h --help" ;;
        " read") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " unread") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " star") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " unstar") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " later") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " hide") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --reason --dry-run -h --help" ;;
        " unhide") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " tag") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " untag") candidates="-q --query --source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until --dry-run -h --help" ;;
        " undo") candidates="--list -n --limit --json -h --help" ;;
        " rules") candidates="apply --json --jsonl --fields --no-pager -h --help" ;;
        " rules apply") candidates="--dry-run -h --help" ;;
        " why") candidates="--json --no-pager -h --help" ;;
        " import") candidates="--json -h --help" ;;
        " export") candidates="--source --tag --unread --starred --later --following --story --hidden --changed --state --lang --since --until -o --format -h --help" ;;
        " doctor") candidates="--dry-run --rescue --json -h --help" ;;
        " cache") candidates="path status backup vacuum prune -h --help" ;;
        " cache path") candidates="-h --help" ;;
        " cache status") candidates="--json -h --help" ;;
        " cache backup") candidates="--force -h --help" ;;
        " cache vacuum") candidates="-h --help" ;;
        " cache prune") candidates="--dry-run -h --help" ;;
        " schema") candidates="-h --help" ;;
        " completion") candidates="-h --help" ;;
        " demo") candidates="--serve --port -h --help" ;;
    esac
    COMPREPLY=($(compgen -W "$candidates" -- "$word"))
}
complete -o default -F _newsreader newsreader
