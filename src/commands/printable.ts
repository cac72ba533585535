/**
 * What a terminal would obey, or turns the direction of text around it, is shown as JSON has it, whoever wrote it: a body or a name that came in says
 * nothing to the terminal.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
