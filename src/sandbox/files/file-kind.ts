export type FileKind = {
  mimetype: string;
  filetype: string;
  /** Whether an image block can show it: Slack takes png, jpg and gif. */
  isPicture: boolean;
  width?: number;
  height?: number;
};

/** By what the file begins with; what is no picture goes by its name. */
export function kindOfFile(name: string, bytes: Buffer): FileKind {
  if (bytes.subarray(0, 8).equals(pngSignature) && bytes.length >= 24) {
    return { mimetype: 'image/png', filetype: 'png', isPicture: true, width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return { mimetype: 'image/jpeg', filetype: 'jpg', isPicture: true };
  if (/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6)) && bytes.length >= 10) {
    return { mimetype: 'image/gif', filetype: 'gif', isPicture: true, width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  const filetype = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? 'binary';
  return { mimetype: mimetypes[filetype] ?? 'application/octet-stream', filetype, isPicture: false };
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const mimetypes: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};
