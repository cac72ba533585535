/** Everything here is made up, and says so: no such companies, people or addresses exist. */
export const inventedCompanies: readonly string[] = [
  'Anyplace Analytics',
  'Bogus Brewing',
  'Canvas Castle Films',
  'Daydream Dairy',
  'Elsewhere Electric',
  'Fabled Furniture',
  'Fantasy Fleet',
  'Figment Foundry',
  'Fairytale Farming',
  'Ghostwriter Games',
  'Hearsay Hardware',
  'Illusion Instruments',
  'Invented Insulation',
  'Legend Logistics',
  'Makebelieve Machines',
  'Mirror Lake Motors',
  'Mockup Medical',
  'Neverland Networks',
  'Nonesuch Nutrition',
  'Paper Moon Packaging',
  'Phantom Pharmacies',
  'Pretend Publishing',
  'Rumour Robotics',
  'Stage Prop Studios',
  'Storybook Steel',
  'Supposed Solar',
  'Unreal Estates',
  'Utopia Utilities',
];

export const inventedProjects: readonly string[] = [
  'booking engine',
  'claims desk',
  'data room',
  'dealer portal',
  'field service app',
  'fleet tracking',
  'maintenance planner',
  'order desk',
  'partner portal',
  'quality portal',
  'reporting suite',
  'shop-floor tracking',
  'spare-parts shop',
  'supplier portal',
  'training hub',
  'warehouse scanners',
];

// biome-ignore format: names read better in rows
export const firstNames: readonly string[] = [
  'Aiko', 'Alma', 'Amir', 'Anders', 'Anouk', 'Bao', 'Beatriz', 'Bilal', 'Carla', 'Chidi', 'Clara', 'Dario', 'Deniz', 'Ebba', 'Elias', 'Emeka',
  'Esra', 'Farid', 'Femi', 'Freya', 'Gita', 'Hana', 'Hugo', 'Ilse', 'Imani', 'Ivo', 'Jana', 'Joon', 'Jules', 'Kaya', 'Kofi', 'Lars',
  'Leila', 'Lin', 'Livia', 'Malik', 'Mara', 'Mei', 'Milan', 'Nadia', 'Nils', 'Noor', 'Olga', 'Omar', 'Paula', 'Pavel', 'Quinn', 'Rafa',
  'Rosa', 'Samira', 'Sven', 'Tara', 'Tomas', 'Uma', 'Viktor', 'Wanda', 'Xenia', 'Yusuf', 'Zofia', 'Zubin',
];

// biome-ignore format: names read better in rows
export const lastNames: readonly string[] = [
  'Abara', 'Adler', 'Baumann', 'Becker', 'Bergman', 'Castro', 'Chen', 'Costa', 'Dubois', 'Duran', 'Eriksen', 'Farouk', 'Fischer', 'Gallo', 'Ganz', 'Haddad',
  'Hansen', 'Ito', 'Jansen', 'Kaur', 'Keller', 'Kim', 'Kovacs', 'Lindgren', 'Lopez', 'Marek', 'Mensah', 'Moreau', 'Nakamura', 'Novak', 'Okoro', 'Olsen',
  'Pereira', 'Petrov', 'Quist', 'Rao', 'Richter', 'Romero', 'Sato', 'Schulz', 'Silva', 'Singh', 'Sorensen', 'Tanaka', 'Thorne', 'Ueda', 'Vargas', 'Vogel',
  'Weber', 'Winter', 'Yilmaz', 'Zhang',
];
