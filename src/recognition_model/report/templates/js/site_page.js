// What every page of the site does. `?embed` leaves its figure alone.
if (new URLSearchParams(location.search).has("embed")) document.documentElement.classList.add("embed");
