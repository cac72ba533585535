import './unhurried.ts';
import { openHubspot } from './hubspot-teller.ts';
import { sameInEveryWay } from './same-in-every-way.ts';

sameInEveryWay({ name: 'HubSpot', open: openHubspot });
