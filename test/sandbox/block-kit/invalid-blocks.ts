import { block, button, type InvalidCase, least, longest, modal, most, mrkdwn, notEmpty, plain, repeat, type Shown } from './invalid-case.ts';

const divider = { type: 'divider' };
const raw = (text: string): unknown => ({ type: 'raw_text', text });
const table = (more: Record<string, unknown>): Shown => block({ type: 'table', rows: [[raw('A'), raw('B')]], ...more });
const dataTable = (more: Record<string, unknown>): Shown => block({ type: 'data_table', rows: [[raw('A')], [raw('1')]], ...more });
const video = (more: Record<string, unknown>): Shown =>
  block({
    type: 'video',
    alt_text: 'A',
    title: plain('T'),
    thumbnail_url: 'https://us.example/t.png',
    video_url: 'https://us.example/v',
    ...more,
  });
const card = (more: Record<string, unknown>): Shown => block({ type: 'card', title: mrkdwn('T'), ...more });
const container = (more: Record<string, unknown>): Shown => block({ type: 'container', title: plain('T'), child_blocks: [divider], ...more });
const alert = (text: string): Shown => modal({ blocks: [{ type: 'alert', text: mrkdwn(text) }] });
const labelled = (more: Record<string, unknown>): Shown =>
  block({ type: 'input', label: plain('L'), element: { type: 'plain_text_input' }, ...more });
const chart = (more: Record<string, unknown>, title = 'T'): Shown => block({ type: 'data_visualization', title, chart: more });
const pie = (segments: unknown[]): Shown => chart({ type: 'pie', segments });
const point = { label: 'Mon', value: 1 };
const series = (more: Record<string, unknown> = {}): unknown => ({ name: 'S', data: [point], ...more });
const bars = (more: Record<string, unknown>): Shown => chart({ type: 'bar', series: [series()], axis_config: { categories: ['Mon'] }, ...more });
const axes = (more: Record<string, unknown>): Shown => bars({ axis_config: { categories: ['Mon'], ...more } });
const ofSection = (more: Record<string, unknown>): Shown => block({ type: 'section', ...more });

export const invalidBlocks: Readonly<Record<string, InvalidCase>> = {
  'block-id-too-long': longest(255, (text) => block({ ...divider, block_id: text })),
  'section-text-too-long': longest(3000, (text) => ofSection({ text: mrkdwn(text) })),
  'section-too-many-fields': most(10, (count) => ofSection({ fields: repeat(count, () => mrkdwn('F')) })),
  'section-field-too-long': longest(2000, (text) => ofSection({ fields: [mrkdwn(text)] })),
  'section-missing-content': { accepted: ofSection({ text: mrkdwn('T') }), refused: ofSection({}) },
  'actions-too-many-elements': most(25, (count) => block({ type: 'actions', elements: repeat(count, () => button()) })),
  'context-too-many-elements': most(10, (count) => block({ type: 'context', elements: repeat(count, () => mrkdwn('C')) })),
  'context-invalid-element': {
    accepted: block({ type: 'context', elements: [plain('C')] }),
    refused: block({ type: 'context', elements: [button()] }),
  },
  'context-actions-too-many-elements': most(5, (count) =>
    block({ type: 'context_actions', elements: repeat(count, () => ({ type: 'icon_button', icon: 'trash', text: plain('D') })) }),
  ),
  'header-text-too-long': longest(150, (text) => block({ type: 'header', text: plain(text) })),
  'input-label-too-long': longest(2000, (text) => labelled({ label: plain(text) })),
  'input-hint-too-long': longest(2000, (text) => labelled({ hint: plain(text) })),
  'input-invalid-element': { accepted: labelled({}), refused: labelled({ element: button() }) },
  'markdown-empty': notEmpty((text) => block({ type: 'markdown', text })),
  'markdown-too-long': longest(12_000, (text) => block({ type: 'markdown', text })),
  'table-too-many-rows': most(100, (count) => table({ rows: repeat(count, () => [raw('A')]) })),
  'table-ragged-rows': {
    accepted: table({ rows: [[raw('A')], [raw('B')]] }),
    refused: table({ rows: [[raw('A')], [raw('B'), raw('C')]] }),
  },
  'table-column-settings-mismatch': {
    accepted: table({ column_settings: [{ align: 'right' }, { is_wrapped: true }] }),
    refused: table({ column_settings: [{ align: 'right' }] }),
  },
  'video-alt-text-empty': notEmpty((text) => video({ alt_text: text })),
  'video-alt-text-too-long': longest(200, (text) => video({ alt_text: text })),
  'video-title-too-long': longest(200, (text) => video({ title: plain(text) })),
  'video-author-name-too-long': longest(50, (text) => video({ author_name: text })),
  'video-description-too-long': longest(200, (text) => video({ description: plain(text) })),
  'video-provider-name-too-long': longest(50, (text) => video({ provider_name: text })),
  'view-missing-blocks': least(1, (count) => modal({ blocks: repeat(count, () => divider) })),
  'view-too-many-blocks': most(100, (count) => modal({ blocks: repeat(count, () => divider) })),
  'view-private-metadata-too-long': longest(3000, (text) => modal({ private_metadata: text })),
  'view-callback-id-too-long': longest(255, (text) => modal({ callback_id: text })),
  'view-title-too-long': longest(24, (text) => modal({ title: plain(text) })),
  'view-close-too-long': longest(24, (text) => modal({ close: plain(text) })),
  'view-submit-too-long': longest(24, (text) => modal({ submit: plain(text) })),
  'alert-text-too-long': longest(200, alert),
  'card-title-too-long': longest(150, (text) => card({ title: mrkdwn(text) })),
  'card-subtitle-too-long': longest(150, (text) => card({ subtitle: mrkdwn(text) })),
  'card-body-too-long': longest(200, (text) => card({ body: mrkdwn(text) })),
  'card-subtext-too-long': longest(200, (text) => card({ subtext: mrkdwn(text) })),
  'card-too-many-actions': most(3, (count) => card({ actions: repeat(count, () => button()) })),
  'carousel-empty': least(1, (count) => carousel(count)),
  'carousel-too-many-cards': most(10, (count) => carousel(count)),
  'container-title-too-long': longest(150, (text) => container({ title: plain(text) })),
  'container-subtitle-too-long': longest(150, (text) => container({ subtitle: mrkdwn(text) })),
  'container-too-many-child-blocks': most(10, (count) => container({ child_blocks: repeat(count, () => divider) })),
  'data-table-too-few-rows': least(2, (count) => dataTable({ rows: repeat(count, () => [raw('A')]) })),
  'data-table-too-many-rows': most(201, (count) => dataTable({ rows: repeat(count, () => [raw('A')]) })),
  'data-table-too-few-columns': least(1, (count) => dataTable({ rows: repeat(2, () => repeat(count, () => raw('A'))) })),
  'data-table-too-many-columns': most(20, (count) => dataTable({ rows: repeat(2, () => repeat(count, () => raw('A'))) })),
  'data-table-page-size-too-small': least(1, (count) => dataTable({ page_size: count })),
  'data-table-page-size-too-large': most(100, (count) => dataTable({ page_size: count })),
  'data-table-cell-text-empty': notEmpty((text) => dataTable({ rows: [[raw('A')], [raw(text)]] })),
  'data-table-content-too-long': longest(19_999, (text) => dataTable({ rows: [[raw('A')], [raw(text)]] })),
  'data-visualization-title-too-long': longest(50, (text) => chart({ type: 'pie', segments: [{ label: 'L', value: 1 }] }, text)),
  'pie-chart-empty': least(1, (count) => pie(repeat(count, () => ({ label: 'L', value: 1 })))),
  'pie-chart-too-many-segments': most(12, (count) => pie(repeat(count, () => ({ label: 'L', value: 1 })))),
  'chart-segment-label-too-long': longest(20, (text) => pie([{ label: text, value: 1 }])),
  'chart-segment-value-not-positive': { accepted: pie([{ label: 'L', value: 0.1 }]), refused: pie([{ label: 'L', value: 0 }]) },
  'chart-series-empty': least(1, (count) => bars({ series: repeat(count, () => series()) })),
  'chart-too-many-series': most(12, (count) => bars({ series: repeat(count, (index) => series({ name: `S${index}` })) })),
  'data-series-name-too-long': longest(20, (text) => bars({ series: [series({ name: text })] })),
  'data-series-empty': least(1, (count) => bars({ series: [series({ data: repeat(count, () => point) })] })),
  'data-series-too-many-points': most(20, (count) => bars({ series: [series({ data: repeat(count, () => point) })] })),
  'data-point-label-too-long': longest(20, (text) => bars({ series: [series({ data: [{ label: text, value: 1 }] })] })),
  'axis-categories-empty': least(1, (count) => axes({ categories: repeat(count, () => 'Mon') })),
  'axis-too-many-categories': most(20, (count) => axes({ categories: repeat(count, (index) => `D${index}`) })),
  'axis-category-label-too-long': longest(20, (text) => axes({ categories: [text] })),
  'axis-label-too-long': longest(50, (text) => axes({ x_label: text })),
};

function carousel(count: number): Shown {
  return block({ type: 'carousel', elements: repeat(count, () => ({ type: 'card', title: mrkdwn('T') })) });
}
