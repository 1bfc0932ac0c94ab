import { catalogue } from '../text/catalogue.ts';

/** What people read who are not signed in. */
export const text = catalogue({
  en: {
    title: 'Sign in',
    how: 'People sign in with a one-time link. On the machine that runs Attune, this prints one:',
    ask: 'If somebody else runs it, ask them for a link.',
    working: 'Signing you in…',
    moment: 'One moment.',
    failed: 'That did not work',
    already: 'Perhaps you are signed in already:',
    goOn: 'go on to Attune',
  },
  vi: {
    title: 'Đăng nhập',
    how: 'Mọi người đăng nhập bằng liên kết dùng một lần. Trên máy đang chạy Attune, lệnh này in ra một liên kết:',
    ask: 'Nếu người khác vận hành máy chủ, hãy xin họ một liên kết.',
    working: 'Đang đăng nhập…',
    moment: 'Xin đợi một chút.',
    failed: 'Không đăng nhập được',
    already: 'Có thể bạn đã đăng nhập rồi:',
    goOn: 'vào Attune',
  },
});
