import { Resvg } from '@resvg/resvg-js';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { clientOf } from './open-sandbox.ts';

/** Lanes of colour: something to look at. */
export const picture = new Resvg(
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240"><rect width="640" height="240" fill="#f4f4f4"/><rect x="20" y="40" width="380" height="40" fill="#2eb67d"/><rect x="20" y="120" width="560" height="40" fill="#ecb22e"/></svg>',
)
  .render()
  .asPng();

/** The id of a file that is in the workspace, but shared nowhere. @throws Error when the workspace does not take its bytes */
export async function upload(sandbox: Sandbox, bytes: Buffer, filename = 'map.png'): Promise<string> {
  const client = clientOf(sandbox);
  const { file_id: id = '', upload_url: url = '' } = await client.files.getUploadURLExternal({ filename, length: bytes.length, alt_text: 'A map' });
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(bytes) });
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}`);
  await client.files.completeUploadExternal({ files: [{ id }] });
  return id;
}
