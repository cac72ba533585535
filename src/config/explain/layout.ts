const widest = 110;

/** A text broken into lines that are indented; lines after the first hang by `hang` more. Columns of blanks within it are kept. */
export function paragraph(text: string, indent: number, hang = 2): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  for (const word of text.split(/(?<! ) /)) {
    if (line.trim() !== '' && line.length + 1 + word.length > widest) {
      lines.push(line);
      line = ' '.repeat(indent + hang);
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** `title` in a column of `width`, the text beside it; its further lines hang by `hang`. */
export function entry(title: string, text: string, indent: number, width: number, hang = 0): string[] {
  const [first = '', ...rest] = paragraph(text, indent + width, hang);
  return [`${' '.repeat(indent)}${title.padEnd(width)}${first.trimStart()}`, ...rest];
}
