/** Text with `\n` line ends. Everything inside Hearth has them; only the editor knows about `\r\n`. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}
