import './unhurried.ts';
import { openPipedrive } from './pipedrive-teller.ts';
import { sameInEveryWay } from './same-in-every-way.ts';

sameInEveryWay({ name: 'Pipedrive', open: openPipedrive });
