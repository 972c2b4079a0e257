// How the server stands, to admins alone; and that a backup was made.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { daniel, expect, test, wu } from './people.ts';

const binary = process.env['QIBU'] ?? resolve(import.meta.dirname, '../target/release/qibu');

test('an admin sees how the server stands, and when the last backup was made', async ({ enter, server }) => {
  const [admin, other] = [await enter(wu), await enter(daniel)];
  await admin.page.goto('/admin/system');
  const facts = admin.page.getByRole('main');
  await expect(facts).toContainText(admin.say('operation.ready'));
  await expect(facts).toContainText(admin.say('operation.no_backup'));
  await expect(facts).toContainText(admin.say('operation.look'));
  execFileSync(binary, ['backup', join(server.folder, 'a.qibu'), '--database', await server.database]);
  await admin.page.reload();
  await expect(facts).toContainText(admin.say('operation.ready'));
  await expect(facts).not.toContainText(admin.say('operation.no_backup'));
  await expect(facts).not.toContainText(admin.say('operation.look'));
  await other.page.goto('/admin/system');
  await expect(other.page.getByRole('alert')).toHaveText(other.say('reason.not_allowed'));
});
