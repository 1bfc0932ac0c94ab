import type { Dimension } from '@attune/contracts';

/** Every text that the components show. */
export interface Labels {
  readonly feedback: string;
  readonly good: string;
  readonly bad: string;
  readonly thumbs: string;
  readonly rating: string;
  readonly stars: (count: number) => string;
  readonly dimensions: Readonly<Record<Dimension, string>>;
  readonly reasons: string;
  readonly goodReasons: readonly string[];
  readonly badReasons: readonly string[];
  readonly comment: string;
  readonly commentHint: string;
  readonly more: string;
  readonly correct: string;
  readonly correction: string;
  readonly changes: string;
  readonly save: string;
  readonly saving: string;
  readonly cancel: string;
  readonly takeBack: string;
  readonly thanks: string;
  readonly dismiss: string;
  readonly waitSeconds: (seconds: number) => string;
  readonly reload: string;
  readonly step: (number: number) => string;
  readonly stepGood: string;
  readonly stepNeutral: string;
  readonly stepBad: string;
  readonly addNote: string;
  readonly note: string;
  readonly notes: string;
  readonly passage: string;
  readonly choosePassage: string;
  readonly label: string;
  readonly noteLabels: readonly string[];
  readonly severity: string;
  readonly severities: Readonly<Record<'minor' | 'major' | 'critical', string>>;
  readonly edit: string;
  readonly remove: string;
  readonly notFound: string;
  readonly whichIsBetter: string;
  readonly left: string;
  readonly right: string;
  readonly leftBetter: string;
  readonly rightBetter: string;
  readonly tie: string;
  readonly bothBad: string;
  readonly compareKeys: string;
  readonly chosen: string;
  readonly waiting: string;
  readonly stop: string;
  readonly retry: string;
  readonly stopped: string;
  readonly broken: string;
  readonly record: string;
  readonly finish: string;
  readonly discard: string;
  readonly loudness: string;
  readonly voice: string;
  readonly transcript: string;
  readonly transcriptPending: string;
  readonly transcriptFailed: string;
  readonly transcribeAgain: string;
  readonly noMicrophone: string;
  readonly play: string;
}

export const english: Labels = {
  feedback: 'Your feedback',
  good: 'Good answer',
  bad: 'Bad answer',
  thumbs: 'Thumbs',
  rating: 'Rating',
  stars: (count) => (count === 1 ? '1 star' : `${count} stars`),
  dimensions: { accuracy: 'Accuracy', helpfulness: 'Helpfulness', clarity: 'Clarity', safety: 'Safety' },
  reasons: 'Why?',
  goodReasons: ['Correct', 'Complete', 'Clear', 'To the point'],
  badReasons: ['Wrong', 'Incomplete', 'Not what I asked', 'Too long', 'Hard to follow', 'Harmful'],
  comment: 'Comment',
  commentHint: 'What is good or bad about it?',
  more: 'Say more',
  correct: 'Correct it',
  correction: 'The answer as it should have been',
  changes: 'Your changes',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  takeBack: 'Take back',
  thanks: 'Thank you. Your feedback is kept.',
  dismiss: 'Dismiss',
  waitSeconds: (seconds) => `Try again in ${seconds} s.`,
  reload: 'Try again',
  step: (number) => `Step ${number}`,
  stepGood: 'Good step',
  stepNeutral: 'Neither good nor bad',
  stepBad: 'Bad step',
  addNote: 'Add a note',
  note: 'Note',
  notes: 'Notes on passages',
  passage: 'Passage',
  choosePassage: 'Choose the sentence',
  label: 'Label',
  noteLabels: ['Wrong', 'Unsupported', 'Unclear', 'Good'],
  severity: 'Severity',
  severities: { minor: 'Minor', major: 'Major', critical: 'Critical' },
  edit: 'Edit',
  remove: 'Remove',
  notFound: 'This passage is no longer in the answer.',
  whichIsBetter: 'Which answer is better?',
  left: 'Left answer',
  right: 'Right answer',
  leftBetter: 'Left is better',
  rightBetter: 'Right is better',
  tie: 'Equally good',
  bothBad: 'Both bad',
  compareKeys: 'Keys: 1 left, 2 right, 0 equal, b both bad',
  chosen: 'Your choice is kept.',
  waiting: 'Waiting for the answer…',
  stop: 'Stop',
  retry: 'Try again',
  stopped: 'Stopped.',
  broken: 'The answer broke off. What came is kept.',
  record: 'Record a voice note',
  finish: 'Finish recording',
  discard: 'Throw away',
  loudness: 'Loudness',
  voice: 'Voice notes',
  transcript: 'Transcript',
  transcriptPending: 'Being transcribed…',
  transcriptFailed: 'It could not be transcribed; the recording is kept.',
  transcribeAgain: 'Transcribe it again',
  noMicrophone: 'The microphone cannot be used. Allow it for this page and try again.',
  play: 'Play',
};

export const vietnamese: Labels = {
  feedback: 'Phản hồi của bạn',
  good: 'Câu trả lời tốt',
  bad: 'Câu trả lời chưa tốt',
  thumbs: 'Thích hoặc không thích',
  rating: 'Đánh giá',
  stars: (count) => `${count} sao`,
  dimensions: { accuracy: 'Chính xác', helpfulness: 'Hữu ích', clarity: 'Rõ ràng', safety: 'An toàn' },
  reasons: 'Vì sao?',
  goodReasons: ['Đúng', 'Đầy đủ', 'Rõ ràng', 'Đúng trọng tâm'],
  badReasons: ['Sai', 'Thiếu', 'Không đúng câu hỏi', 'Quá dài', 'Khó hiểu', 'Gây hại'],
  comment: 'Nhận xét',
  commentHint: 'Điểm nào tốt, điểm nào chưa tốt?',
  more: 'Nói thêm',
  correct: 'Sửa lại',
  correction: 'Câu trả lời đúng ra nên là',
  changes: 'Các thay đổi của bạn',
  save: 'Lưu',
  saving: 'Đang lưu…',
  cancel: 'Hủy',
  takeBack: 'Rút lại',
  thanks: 'Cảm ơn bạn. Phản hồi đã được lưu.',
  dismiss: 'Đóng',
  waitSeconds: (seconds) => `Hãy thử lại sau ${seconds} giây.`,
  reload: 'Thử lại',
  step: (number) => `Bước ${number}`,
  stepGood: 'Bước tốt',
  stepNeutral: 'Không tốt cũng không xấu',
  stepBad: 'Bước chưa tốt',
  addNote: 'Thêm ghi chú',
  note: 'Ghi chú',
  notes: 'Ghi chú trên đoạn văn',
  passage: 'Đoạn văn',
  choosePassage: 'Chọn câu',
  label: 'Nhãn',
  noteLabels: ['Sai', 'Không có căn cứ', 'Khó hiểu', 'Tốt'],
  severity: 'Mức độ',
  severities: { minor: 'Nhẹ', major: 'Nặng', critical: 'Nghiêm trọng' },
  edit: 'Sửa',
  remove: 'Xóa',
  notFound: 'Đoạn này không còn trong câu trả lời.',
  whichIsBetter: 'Câu trả lời nào tốt hơn?',
  left: 'Câu trả lời bên trái',
  right: 'Câu trả lời bên phải',
  leftBetter: 'Bên trái tốt hơn',
  rightBetter: 'Bên phải tốt hơn',
  tie: 'Ngang nhau',
  bothBad: 'Cả hai đều chưa tốt',
  compareKeys: 'Phím: 1 trái, 2 phải, 0 ngang nhau, b cả hai chưa tốt',
  chosen: 'Lựa chọn của bạn đã được lưu.',
  waiting: 'Đang chờ câu trả lời…',
  stop: 'Dừng',
  retry: 'Thử lại',
  stopped: 'Đã dừng.',
  broken: 'Câu trả lời bị ngắt. Phần đã nhận vẫn được giữ.',
  record: 'Ghi âm lời nhắn',
  finish: 'Kết thúc ghi âm',
  discard: 'Bỏ',
  loudness: 'Độ lớn',
  voice: 'Lời nhắn thoại',
  transcript: 'Bản chép lời',
  transcriptPending: 'Đang chép lời…',
  transcriptFailed: 'Không chép lại được lời nói; bản ghi âm vẫn được giữ.',
  transcribeAgain: 'Chép lời lại',
  noMicrophone: 'Không dùng được micrô. Hãy cho phép trang này rồi thử lại.',
  play: 'Phát',
};
