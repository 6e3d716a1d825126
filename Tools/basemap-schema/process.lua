-- What of OpenStreetMap a quiet ground needs, and nothing else. tilemaker calls these functions for each node and way.
--
-- layer     geometry   attributes
-- land      areas      class: green, wood, sand, cemetery
-- water     areas
-- waterway  lines      class: river, stream
-- building  areas
-- rail      lines      class: rail, tram; tunnel
-- street    lines      class: motorway, main, secondary, minor, path, steps; name; tunnel
-- square    areas      where people walk: squares and pedestrian streets drawn as areas
-- name      points     class: city, town, village, quarter, square, green, water, station, venue; name; rank

node_keys = { "place", "railway", "amenity", "tourism" }

local function set(words)
  local members = {}
  for word in words:gmatch("%S+") do members[word] = true end
  return members
end

local green = set "park garden playground common pitch golf_course nature_reserve dog_park recreation_ground"
local greenLand = set "grass meadow orchard vineyard allotments village_green recreation_ground flowerbed greenfield"
local venues = set "theatre cinema library arts_centre community_centre concert_hall music_venue events_venue social_centre place_of_worship townhall school university college kindergarten marketplace hospital"
local tourist = set "museum gallery"

local streets = {
  motorway = "motorway", motorway_link = "motorway", trunk = "motorway", trunk_link = "motorway",
  primary = "main", primary_link = "main", secondary = "secondary", secondary_link = "secondary",
  tertiary = "secondary", tertiary_link = "secondary",
  residential = "minor", unclassified = "minor", living_street = "minor", pedestrian = "minor", road = "minor",
  service = "path", footway = "path", path = "path", cycleway = "path", track = "path", bridleway = "path",
  steps = "steps",
}
local firstZoom = { motorway = 5, main = 8, secondary = 11, minor = 12, path = 14, steps = 14 }

-- Places that people live in: the class that a map shows and the zoom from which.
local settlements = {
  city = { "city", 4 }, town = { "town", 8 }, village = { "village", 11 }, hamlet = { "village", 13 },
  suburb = { "quarter", 12 }, quarter = { "quarter", 13 }, neighbourhood = { "quarter", 14 },
}

local function named(object, class, zoom, rank)
  object:Attribute("class", class)
  object:Attribute("name", object:Find("name"))
  object:AttributeNumeric("rank", rank)
  object:MinZoom(zoom)
end

local function venue(object)
  return venues[object:Find("amenity")] or tourist[object:Find("tourism")]
end

local function station(object)
  local railway = object:Find("railway")
  return railway == "station" or railway == "halt"
end

function node_function(node)
  if node:Find("name") == "" then return end
  local settlement = settlements[node:Find("place")]
  if settlement then
    node:Layer("name", false)
    named(node, settlement[1], settlement[2], settlement[2])
  elseif node:Find("place") == "square" then
    node:Layer("name", false)
    named(node, "square", 14, 15)
  elseif station(node) then
    node:Layer("name", false)
    named(node, "station", 13, 14)
  elseif venue(node) then
    node:Layer("name", false)
    named(node, "venue", 14, 20)
  end
end

local function land(way)
  local leisure, landuse, natural = way:Find("leisure"), way:Find("landuse"), way:Find("natural")
  if green[leisure] or greenLand[landuse] or natural == "grassland" or natural == "heath" then return "green" end
  if natural == "wood" or natural == "scrub" or landuse == "forest" then return "wood" end
  if natural == "sand" or natural == "beach" then return "sand" end
  if landuse == "cemetery" or way:Find("amenity") == "grave_yard" then return "cemetery" end
end

local function isWater(way)
  local landuse = way:Find("landuse")
  return way:Find("natural") == "water" or way:Find("waterway") == "riverbank" or landuse == "reservoir"
    or landuse == "basin" or way:Find("leisure") == "swimming_pool"
end

-- From which zoom the name of an area may stand: a large park from afar, a garden from near by. Square metres.
local function zoomOfArea(area)
  if area > 500000 then return 12 elseif area > 20000 then return 13 else return 14 end
end

local function areaName(way, class)
  if way:Find("name") == "" then return end
  local zoom = zoomOfArea(way:Area())
  way:LayerAsCentroid("name")
  named(way, class, zoom, zoom)
end

local function areas(way)
  local class = land(way)
  if class then
    way:Layer("land", true)
    way:Attribute("class", class)
    areaName(way, "green")
  elseif isWater(way) then
    way:Layer("water", true)
    areaName(way, "water")
  end
  if way:Holds("building") and way:Find("building") ~= "no" then way:Layer("building", true) end
  if way:Find("name") == "" then return end
  if station(way) then
    way:LayerAsCentroid("name")
    named(way, "station", 13, 14)
  elseif venue(way) then
    way:LayerAsCentroid("name")
    named(way, "venue", 14, 20)
  end
end

local function square(way)
  local highway = way:Find("highway")
  local isPedestrian = highway == "pedestrian" or highway == "footway" or way:Find("place") == "square"
  if not isPedestrian then return end
  way:Layer("square", true)
  if way:Find("place") == "square" then areaName(way, "square") end
end

-- Below the ground nothing of a quarter is seen: passages of underground stations are no streets. Pavements and
-- crossings say nothing that their street does not.
local function isHidden(way)
  local footway = way:Find("footway")
  return way:Find("indoor") == "yes" or way:Find("level"):sub(1, 1) == "-" or footway == "crossing" or footway == "sidewalk"
end

local function inTunnel(way)
  local tunnel = way:Find("tunnel")
  return tunnel == "yes" or tunnel == "building_passage" or way:Find("covered") == "yes"
end

local function lines(way)
  local class, waterway, railway = streets[way:Find("highway")], way:Find("waterway"), way:Find("railway")
  if class and not isHidden(way) then
    local isFootTunnel = inTunnel(way) and (class == "path" or class == "steps")
    if isFootTunnel then return end
    way:Layer("street", false)
    way:Attribute("class", class)
    if inTunnel(way) then way:AttributeBoolean("tunnel", true) end
    local name = way:Find("name")
    if name ~= "" then way:Attribute("name", name) end
    way:MinZoom(firstZoom[class])
  elseif waterway == "river" or waterway == "canal" or waterway == "stream" then
    way:Layer("waterway", false)
    way:Attribute("class", waterway == "stream" and "stream" or "river")
    if waterway == "stream" then way:MinZoom(13) end
  elseif railway == "rail" or railway == "tram" or railway == "light_rail" then
    if way:Find("service") ~= "" or inTunnel(way) then return end
    way:Layer("rail", false)
    way:Attribute("class", railway == "tram" and "tram" or "rail")
    if railway == "tram" then way:MinZoom(13) end
  end
end

function way_function(way)
  local isArea = way:IsClosed() and way:Find("area") ~= "no"
  if isArea then areas(way) end
  if isArea and (way:Find("area") == "yes" or way:Find("place") == "square") then square(way) else lines(way) end
end
