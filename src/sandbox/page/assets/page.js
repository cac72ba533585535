// @ts-check
import { listenToActions } from './actions.js';
import { listenToComposers } from './composer.js';
import { followWorkspace } from './live.js';
import { listenToModal } from './modal.js';
import { listenToPanes } from './panes.js';

listenToPanes();
listenToComposers();
listenToActions();
listenToModal();
followWorkspace();
