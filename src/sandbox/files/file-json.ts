import type { State } from '../state.ts';
import { team } from '../team.ts';
import { kindOfFile } from './file-kind.ts';
import type { SandboxFile } from './files.ts';

/** A file as the Web API and messages show it. Until it is processed, Slack knows neither its type nor its size in pixels. */
export function fileJson(file: SandboxFile, state: State): Record<string, unknown> {
  const kind = state.files.isProcessed(file) && file.bytes ? kindOfFile(file.name, file.bytes) : undefined;
  const address = `${state.url()}/files-pri/${team.id}-${file.id}`;
  const created = Math.floor(file.createdAt / 1000);
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: kind?.mimetype ?? '',
    filetype: kind?.filetype ?? '',
    pretty_type: kind?.filetype.toUpperCase() ?? '',
    user: state.directory.bot.id,
    user_team: team.id,
    editable: false,
    size: file.bytes?.length ?? 0,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: file.channels.length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${address}/${encodeURIComponent(file.name)}`,
    url_private_download: `${address}/download/${encodeURIComponent(file.name)}`,
    permalink: `${state.url()}/files/${state.directory.bot.id}/${file.id}/${encodeURIComponent(file.name)}`,
    ...(file.altText === '' ? {} : { alt_txt: file.altText }),
    ...(kind?.width === undefined ? {} : { original_w: kind.width, original_h: kind.height }),
    channels: file.channels,
    groups: [],
    ims: [],
    comments_count: 0,
    has_rich_preview: false,
    file_access: 'visible',
  };
}
