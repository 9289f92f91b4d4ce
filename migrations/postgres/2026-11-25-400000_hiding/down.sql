DROP TABLE hidings;
