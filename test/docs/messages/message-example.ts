import type { HomeView, ModalView } from '@slack/types';
import type { ViewBlock } from '../../../src/adapters/slack/views/blocks.ts';

/** Where people meet a message. */
export const surfaces = ['channel', 'thread', 'answer', 'form', 'home', 'preview'] as const;
export type Surface = (typeof surfaces)[number];

export type MessageExample = {
  /** Names its picture, and its place on the page. */
  name: string;
  title: string;
  surface: Surface;
  /** When it is said, in a sentence. */
  when: string;
  said: Said;
};

export type Said = { text: string; blocks: ViewBlock[] } | ModalView | HomeView;

export const isForm = (said: Said): said is ModalView => 'type' in said && said.type === 'modal';
export const isHome = (said: Said): said is HomeView => 'type' in said && said.type === 'home';
