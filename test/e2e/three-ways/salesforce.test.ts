import './unhurried.ts';
import { openSalesforce } from './salesforce-teller.ts';
import { sameInEveryWay } from './same-in-every-way.ts';

sameInEveryWay({ name: 'Salesforce', open: openSalesforce, compares: true });
