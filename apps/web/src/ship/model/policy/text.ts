import { catalogue } from '../../../text/catalogue.ts';

/** What the endpoint of a policy says. */
export const text = catalogue({
  en: {
    title: 'Endpoint',
    about:
      'Where this policy answers: an OpenAI-compatible endpoint, such as vLLM. With one it can be deployed; where it fails, what stood before it answers.',
    none: 'Nobody said where it answers yet.',
    at: (model: string, url: string) => `Answers as ${model} at ${url}`,
    withKey: 'with a key, kept encrypted',
    withoutKey: 'without a key',
    url: 'Base URL, with the version',
    model: 'Its name there',
    key: 'API key',
    keyHint: 'left out: the endpoint asks for none',
    save: 'Save endpoint',
    saved: 'Saved: live traffic follows within a second',
  },
  vi: {
    title: 'Điểm cuối',
    about:
      'Nơi mô hình này trả lời: một điểm cuối tương thích OpenAI, ví dụ vLLM. Có điểm cuối thì triển khai được; khi nó lỗi, mô hình đứng trước sẽ trả lời.',
    none: 'Chưa ai cho biết nó trả lời ở đâu.',
    at: (model: string, url: string) => `Trả lời với tên ${model} tại ${url}`,
    withKey: 'có khóa, được giữ ở dạng mã hóa',
    withoutKey: 'không có khóa',
    url: 'URL gốc, kèm phiên bản',
    model: 'Tên của nó ở đó',
    key: 'Khóa API',
    keyHint: 'bỏ trống: điểm cuối không cần khóa',
    save: 'Lưu điểm cuối',
    saved: 'Đã lưu: lưu lượng thật theo ngay trong một giây',
  },
});
