import type { ReactNode } from 'react';

interface ChartCardProps {
  title: string;
  about: string;
  /** Columns of the table that says the same as the picture. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  children: ReactNode;
}

/** A picture with its heading, and its numbers as a table for those who read the page by ear. */
export function ChartCard({ title, about, columns, rows, children }: ChartCardProps) {
  return (
    <section className="card p-4">
      <h2 className="font-medium text-sm">{title}</h2>
      <p className="mb-3 text-faint text-xs">{about}</p>
      {children}
      <table className="sr-only">
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([day, ...values]) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is the column.
                <td key={index}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
