/**
 * Block Kit's limits, as far as we come near them: from Slack's own table (block-kit/limits.json, MIT) and docs.slack.dev.
 * Lengths are in UTF-16 units of the escaped text, which is never less than what Slack counts.
 */
export const limits = {
  /** Blocks of a message. */
  blocks: 50,
  /** All text of a message's blocks together: `msg_blocks_too_long` beyond it (found by others, undocumented). */
  blocksText: 13_200,
  /** chat.update refuses more text than this. */
  text: 4000,
  sectionText: 3000,
  headerText: 150,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  id: 255,
  optionText: 75,
  optionValue: 150,
  selectOptions: 100,
  overflowOptions: 5,
  /** Of our own: more is a file, not a piece to paste. */
  codeText: 2500,
  codeLine: 1000,
  placeholder: 150,
  accessibilityLabel: 75,
  tableRows: 100,
  tableColumns: 20,
  chartTitle: 50,
  chartBars: 20,
  chartLabel: 20,
  chartAxis: 50,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputHint: 2000,
} as const;
