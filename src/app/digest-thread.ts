import type { Receipt } from '../core/delivery.ts';
import type { Store } from './ports.ts';

/** Of a digest whose channel takes no messages: the delivery that says it elsewhere. */
export const saidInsteadOf = (deliveryId: string): string => `${deliveryId}:instead`;

/** Where the digest stands in whose thread a reply belongs; `wait`: it is still under way; null: it stands nowhere, and neither does what follows it. */
export async function threadOf(store: Pick<Store, 'saidBy'>, parentId: string): Promise<Receipt | 'wait' | null> {
  for (const id of [parentId, saidInsteadOf(parentId)]) {
    const said = await store.saidBy(id);
    if (said?.pending === true) return 'wait';
    if (said != null && said.receipt !== null) return said.receipt;
  }
  return null;
}
