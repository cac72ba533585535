/** What a terminal would obey is shown as JSON has it, whoever wrote it: a body or a name that came in says nothing to the terminal. */
export const printable = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n\t]/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
