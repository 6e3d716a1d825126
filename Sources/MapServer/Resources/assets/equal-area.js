// The two planes of true areas that cells lie on, as `Sources/Projections/EqualArea` reckons them.
//
// Only + − × ÷ √ and rounding down, in the order of the Swift files that bear the same names: IEEE 754 rounds these
// exactly, so phone and server agree to the last bit. Change neither side alone.

const radiansInDegree = Math.PI / 180;

// RepeatableTrigonometry

function series(square, last) {
  let sum = 1;
  for (let number = last; number >= 1; number -= 2) sum = 1 - (square / (number * (number + 1))) * sum;
  return sum;
}

/** [sine, cosine] */
function sineAndCosine(degrees) {
  const quarter = Math.floor(degrees / 90 + 0.5);
  const angle = (degrees - 90 * quarter) * radiansInDegree;
  const sine = angle * series(angle * angle, 18);
  const cosine = series(angle * angle, 17);
  const turned = [[sine, cosine], [cosine, -sine], [-sine, -cosine], [-cosine, sine]];
  return turned[quarter - 4 * Math.floor(quarter / 4)];
}

function arcsine(sine) {
  let angle = sine * (1 + (sine * sine) / 6);
  for (let round = 0; round < 4; round++) {
    const square = angle * angle;
    angle -= (angle * series(square, 18) - sine) / series(square, 17);
  }
  return angle;
}

function degreesOf(sine, cosine) {
  const [opposite, adjacent] = [Math.abs(sine), Math.abs(cosine)];
  let degrees = arcsine(Math.min(opposite, adjacent)) / radiansInDegree;
  if (opposite > adjacent) degrees = 90 - degrees;
  if (cosine < 0) degrees = 180 - degrees;
  return sine < 0 ? -degrees : degrees;
}

// EqualAreaEllipsoid

const majorRadius = 6378137;
const cosineOf = (sine) => Math.sqrt((1 - sine) * (1 + sine));

function ellipsoid(inverseFlattening) {
  const flattening = 1 / inverseFlattening;
  const squaredEccentricity = flattening * (2 - flattening);
  function areaOf(sine) {
    const square = squaredEccentricity * sine * sine;
    let sum = 0;
    for (let number = 15; number >= 1; number -= 2) sum = 1 / number + square * sum;
    return (1 - squaredEccentricity) * sine * (1 / (1 - square) + sum);
  }
  function latitudeOf(area) {
    let sine = area / areaOf(1);
    for (let round = 0; round < 3; round++) {
      const rest = 1 - squaredEccentricity * sine * sine;
      sine -= ((areaOf(sine) - area) * rest * rest) / (2 * (1 - squaredEccentricity));
    }
    sine = Math.min(Math.max(sine, -1), 1);
    return degreesOf(sine, cosineOf(sine));
  }
  return { squaredEccentricity, areaOf, latitudeOf };
}

// LambertAzimuthal and EqualAreaCylinder: positions are [northing, easting] in metres.

function lambertAzimuthal({ squaredEccentricity, areaOf, latitudeOf }, [longitude0, latitude0], [north0, east0]) {
  const [sineOfOrigin, cosineOfOrigin] = sineAndCosine(latitude0);
  const wholeArea = areaOf(1);
  const radius = majorRadius * Math.sqrt(wholeArea / 2);
  const sine0 = areaOf(sineOfOrigin) / wholeArea;
  const cosine0 = cosineOf(sine0);
  const scale0 = Math.sqrt(1 - squaredEccentricity * sineOfOrigin * sineOfOrigin);
  const stretch = (majorRadius * cosineOfOrigin) / (scale0 * radius * cosine0);
  return {
    positionOf(longitude, latitude) {
      const [sineOfEast, cosineOfEast] = sineAndCosine(longitude - longitude0);
      const sine = areaOf(sineAndCosine(latitude)[0]) / wholeArea;
      const cosine = cosineOf(sine);
      const scale = radius * Math.sqrt(2 / (1 + sine0 * sine + cosine0 * cosine * cosineOfEast));
      const north = (scale / stretch) * (cosine0 * sine - sine0 * cosine * cosineOfEast);
      return [north0 + north, east0 + scale * stretch * (cosine * sineOfEast)];
    },
    placeAt([northing, easting]) {
      const east = (easting - east0) / stretch;
      const north = (northing - north0) * stretch;
      const half = Math.sqrt(east * east + north * north) / (2 * radius);
      const cosineOfAngle = 1 - 2 * half * half;
      const sineByLength = Math.sqrt((1 - half) * (1 + half)) / radius;
      const sine = cosineOfAngle * sine0 + north * cosine0 * sineByLength;
      const opposite = east * sineByLength;
      const adjacent = cosine0 * cosineOfAngle - north * sine0 * sineByLength;
      const length = Math.sqrt(opposite * opposite + adjacent * adjacent);
      return [longitude0 + degreesOf(opposite / length, adjacent / length), latitudeOf(sine * wholeArea)];
    },
  };
}

function equalAreaCylinder({ squaredEccentricity, areaOf, latitudeOf }, square) {
  const scale = Math.sqrt((1 - square) / (1 - squaredEccentricity * square));
  const metresInDegree = majorRadius * scale * (Math.PI / 180);
  const metresInArea = majorRadius / (2 * scale);
  const corner = [metresInArea * areaOf(1), metresInDegree * 180];
  return {
    corner,
    positionOf: (longitude, latitude) => [
      metresInArea * areaOf(sineAndCosine(latitude)[0]), metresInDegree * longitude,
    ],
    placeAt([northing, easting]) {
      const latitude = latitudeOf(northing / metresInArea);
      const isPole = Math.abs(northing) >= corner[0];
      return [easting / metresInDegree, isPole ? (latitude < 0 ? -90 : 90) : latitude];
    },
  };
}

/** By EPSG code. */
export const planes = {
  3035: lambertAzimuthal(ellipsoid(298.257222101), [10, 52], [3210000, 4321000]),
  6933: equalAreaCylinder(ellipsoid(298.257223563), 0.25),
};
