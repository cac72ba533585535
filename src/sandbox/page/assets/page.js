// @ts-check
import { listenToActions } from './actions.js';
import { followClock } from './clock.js';
import { listenToComboboxes } from './combobox.js';
import { listenToComposers } from './composer.js';
import { listenToControls } from './controls.js';
import { listenToCrm } from './crm.js';
import { followWorkspace } from './live.js';
import { listenToMenus } from './menus.js';
import { listenToModal } from './modal.js';
import { listenToPanes } from './panes.js';
import { listenToPictures } from './pictures.js';
import { listenToShortcuts } from './shortcuts.js';

listenToPanes();
listenToComposers();
listenToMenus();
listenToActions();
listenToComboboxes();
listenToModal();
listenToShortcuts();
listenToPictures();
listenToControls();
listenToCrm();
followClock();
followWorkspace();
