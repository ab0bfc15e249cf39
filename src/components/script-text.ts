/**
 * A value as it may stand in a script, and in any page that holds the script: text of a runbook must not end it.
 *
 * @example scriptText('</script>') //=> '"\\u003c/script>"'
 */
export const scriptText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
